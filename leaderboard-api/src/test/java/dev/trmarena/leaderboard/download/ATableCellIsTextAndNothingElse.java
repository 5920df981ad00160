package dev.trmarena.leaderboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of tasks are whatever somebody uploaded. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ATableCellIsTextAndNothingElse {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "00576224|00576224",
                "a,b|\"a,b\"",
                "say \"no\"|\"say \"\"no\"\"\"",
                "=1+1|'=1+1",
                "-1,2|\"'-1,2\"",
            })
    void whatever_it_is(String name, String cell) {
        assertThat(TaskTable.cell(name)).isEqualTo(cell);
    }
}
