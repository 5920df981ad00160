package dev.trmarena.arena.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.arena.client.ArenaApi.ImportedPuzzleSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the platform found odd about an imported puzzle set stands on standard error, in its words. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsOddIsTold {
    @Test
    void in_a_line_each_and_the_number_of_the_others() {
        assertThat(told(List.of("a.csv, line 2: one", "a.csv, line 3: two"), 12))
                .containsExactly("warning: a.csv, line 2: one", "warning: a.csv, line 3: two", "warning: and 10 more");
        assertThat(told(List.of("a.csv, line 2: one"), 1)).containsExactly("warning: a.csv, line 2: one");
        assertThat(told(List.of(), 0)).isEmpty();
    }

    private static List<String> told(List<String> warnings, int count) {
        var bytes = new ByteArrayOutputStream();
        var set = new ImportedPuzzleSet("a", "sudoku", 1, 1, 16, 6, 1, "ab", warnings, count);
        ImportCommand.warn(set, new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8).lines().toList();
    }
}
