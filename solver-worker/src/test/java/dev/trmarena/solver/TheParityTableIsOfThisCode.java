package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What {@code docs/parity.md} says are the bounds and the cases are those of the code; it says itself how to renew it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheParityTableIsOfThisCode {
    @Test
    void the_bounds_are_those_that_are_held() throws IOException {
        assertThat(Files.readAllLines(ParityTable.FILE))
                .startsWith(ParityTable.head().toArray(String[]::new));
    }

    @Test
    void every_case_has_its_lines_and_no_other() throws IOException {
        List<String> lines = Files.readAllLines(ParityTable.FILE);
        List<String> listed = lines.stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case |"))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .distinct()
                .toList();
        List<String> names = TheNetworksGiveTheAuthorsNumbers.names();
        assertThat(listed).containsAll(names).doesNotHaveDuplicates();
        if (names.size() > Golden.shipped("models").size()) {
            assertThat(listed).containsExactlyElementsOf(names);
        }
        for (String name : listed) {
            List<String> of = lines.stream()
                    .filter(line -> line.startsWith(ParityTable.line(name)))
                    .toList();
            assertThat(of).as(name).anyMatch(line -> line.contains("| generic |"));
            if (name.contains("bf16")) {
                assertThat(of).as(name).anyMatch(line -> line.contains("| exact |"));
            }
        }
    }
}
