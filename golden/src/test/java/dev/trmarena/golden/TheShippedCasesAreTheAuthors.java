package dev.trmarena.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What comes with the project is whole, and a part of the verification data as it was made. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheShippedCasesAreTheAuthors {
    private static final Path CASES =
            Path.of(System.getProperty("arena.root", "..")).resolve("golden/cases");
    private static final Path BESIDE =
            Path.of(System.getProperty("arena.shared", "../shared")).resolve("golden");

    @Test
    void every_architecture_and_bfloat16_are_among_them() {
        assertThat(Golden.shipped("models"))
                .containsExactly(
                        "hrm_sapient_bf16_default",
                        "transformers_baseline_act_inference",
                        "trm_att_full_seq",
                        "trm_hier6",
                        "trm_mlp_t_no_puzzle_emb",
                        "trm_singlez");
        assertThat(Golden.names("models")).containsAll(Golden.shipped("models"));
    }

    @Test
    void to_the_byte() throws IOException {
        assumeTrue(Files.isDirectory(BESIDE), () -> "verification data is missing: " + BESIDE);
        try (Stream<Path> files = Files.walk(CASES)) {
            List<Path> shipped = files.filter(Files::isRegularFile).toList();
            assertThat(shipped).isNotEmpty();
            for (Path file : shipped) {
                assertThat(file).hasSameBinaryContentAs(BESIDE.resolve(CASES.relativize(file)));
            }
        }
    }
}
