package dev.trmarena.http.refuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.trmarena.artifacts.store.ArtifactMissing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would come again is said at once; what may pass is borne for as long as was said, and not for ever. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DefectsAreToldFromTrouble {
    @ParameterizedTest
    @ValueSource(strings = {"22003", "23505", "54000"})
    void what_the_database_says_of_the_values_is_a_defect(String state) {
        assertThat(Trouble.defect(refused(state))).contains("said by the database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53300", "55P03", "57P03", "P0001", "XX000"})
    void all_else_that_it_says_may_pass(String state) {
        assertThat(Trouble.defect(refused(state))).isEmpty();
    }

    @Test
    void a_database_that_says_nothing_may_come_back() {
        assertThat(Trouble.defect(new ConnectionException(new SQLException("refused"))))
                .isEmpty();
        assertThat(Trouble.databaseIsAway(new ConnectionException(new SQLException("refused"))))
                .isTrue();
        assertThat(Trouble.databaseIsAway(refused("57P01"))).isTrue();
        assertThat(Trouble.databaseIsAway(refused("40001"))).isFalse();
    }

    @Test
    void a_disk_may_come_back() {
        var gone = new UncheckedIOException("cannot read the manifest", new NoSuchFileException("/store/ab"));
        assertThat(Trouble.defect(gone)).isEmpty();
        assertThat(Trouble.words(gone)).isEqualTo("cannot read the manifest: /store/ab");
        assertThat(Trouble.ofTheStore(gone)).isTrue();
        assertThat(Trouble.defect(new ArtifactMissing("ab", "store"))).isEmpty();
        assertThat(Trouble.diskIsFull(new IOException("No space left on device")))
                .isTrue();
    }

    @Test
    void what_is_no_json_and_what_the_program_did_wrong_stay_as_they_are() {
        var garbage = new UncheckedIOException("no JSON", new JsonParseException(null, "unexpected character"));
        assertThat(Trouble.defect(garbage))
                .hasValueSatisfying(said -> assertThat(said).contains("unexpected character"));
        assertThat(Trouble.ofTheStore(garbage)).isFalse();
        assertThat(Trouble.defect(new IllegalArgumentException("example 7"))).contains("example 7");
        assertThat(Trouble.defect(new StackOverflowError())).isPresent();
    }

    @Test
    void patience_ends_after_its_time_and_a_few_tries_with_each_for_itself() {
        var patience = new Patience<String>(Duration.ZERO);
        assertThat(patience.mayTry("a")).isTrue();
        assertThat(patience.trouble("a")).isEqualTo(1);
        assertThat(patience.mayTry("a")).as("not at once").isFalse();
        assertThat(patience.mayTry("b")).isTrue();
        patience.trouble("a");
        assertThat(patience.isOver("a")).isFalse();
        patience.trouble("a");
        assertThat(patience.isOver("a")).isTrue();
        assertThat(patience.isOver("b")).isFalse();
        patience.end("a");
        assertThat(patience.mayTry("a")).isTrue();

        var longer = new Patience<String>(Duration.ofHours(1));
        for (int i = 0; i < 50; i++) {
            longer.trouble("c");
        }
        assertThat(longer.isOver("c")).as("however often it was tried").isFalse();
    }

    private static RuntimeException refused(String state) {
        return new UnableToExecuteStatementException(new SQLException("said by the database", state), null);
    }
}
