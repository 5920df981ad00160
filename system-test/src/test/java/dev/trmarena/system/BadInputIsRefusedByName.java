package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.golden.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input of a user gets an answer that names the file, the place and the remedy, and leaves nothing behind. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadInputIsRefusedByName {
    private static final String SET = "bad-input-sudoku";

    @TempDir
    Path folder;

    @Test
    void an_empty_file(Platform platform) throws Exception {
        Path empty = Files.createFile(folder.resolve("step_1"));
        assertRefused(submit(platform, config(), empty), "step_1", "empty");
    }

    @Test
    void not_a_checkpoint(Platform platform) throws Exception {
        Path text = Files.writeString(folder.resolve("step_2"), "these are not weights");
        assertRefused(submit(platform, config(), text), "step_2");
    }

    @Test
    void a_truncated_zip(Platform platform) throws Exception {
        byte[] whole = Files.readAllBytes(checkpoint());
        Path half = folder.resolve("step_3");
        Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused(submit(platform, config(), half), "step_3", "truncated");
    }

    @Test
    void a_pickle_with_a_foreign_global(Platform platform) throws Exception {
        Path evil = folder.resolve("step_4");
        Files.write(evil, zipWithPickle("cposix\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.ISO_8859_1)));
        assertRefused(submit(platform, config(), evil), "step_4", "posix.system");
    }

    @Test
    void a_config_that_does_not_fit_the_tensors(Platform platform) throws Exception {
        String config = Files.readString(checkpoint().resolveSibling("all_config.yaml"));
        Path wrong = Files.writeString(
                folder.resolve("all_config.yaml"), config.replaceFirst("hidden_size: 64", "hidden_size: 96"));
        assertRefused(submit(platform, wrong, checkpoint()), "64", "96");
    }

    @Test
    void a_checkpoint_of_another_puzzle_set_names_both_numbers(Platform platform) throws Exception {
        importSet(platform);
        Path arc = Golden.folder("demo/arc-style");
        Arena.Result result = platform.run(
                "submit",
                arc.resolve("step_17153").toString(),
                "--config",
                arc.resolve("all_config.yaml").toString(),
                "--puzzles",
                SET,
                "--wait");
        assertRefused(result, "109", "1");
    }

    @Test
    void an_unknown_puzzle_set(Platform platform) throws Exception {
        Arena.Result result = platform.run("submit", checkpoint().toString(), "--puzzles", "no-such-set", "--wait");
        assertRefused(result, "no-such-set", "puzzles import");
    }

    @Test
    void a_csv_with_a_bad_row(Platform platform) throws Exception {
        Path csv = Files.writeString(
                folder.resolve("test.csv"),
                "source,question,answer,rating\nmine,1...34..2...43..,1234341221434321,0\nmine,1x..34..2...43..,1234341221434321,0\n",
                StandardCharsets.UTF_8);
        assertRefused(platform.run("puzzles", "import", "bad-rows", csv.toString()), "test.csv", "line 3");
        Arena.Result shown = platform.run("leaderboard", "bad-rows");
        assertRefused(shown, "bad-rows");
    }

    @Test
    void nothing_is_left_of_what_was_refused(Platform platform) throws Exception {
        importSet(platform);
        JsonNode before = stored(platform);
        a_pickle_with_a_foreign_global(platform);
        a_config_that_does_not_fit_the_tensors(platform);
        assertThat(stored(platform)).isEqualTo(before);
    }

    private JsonNode stored(Platform platform) throws IOException, InterruptedException {
        return platform.run("leaderboard", SET, "--json").json();
    }

    private static void importSet(Platform platform) throws IOException, InterruptedException {
        Path dataset = Golden.folder("demo/sudoku-4x4").resolve("dataset");
        Arena.Result imported = platform.run("puzzles", "import", SET, dataset.toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
    }

    private static Path checkpoint() {
        return Golden.folder("demo/sudoku-4x4").resolve("step_484");
    }

    private static Path config() {
        return checkpoint().resolveSibling("all_config.yaml");
    }

    private static Arena.Result submit(Platform platform, Path config, Path checkpoint)
            throws IOException, InterruptedException {
        importSet(platform);
        return platform.run("submit", checkpoint.toString(), "--config", config.toString(), "--puzzles", SET, "--wait");
    }

    private static void assertRefused(Arena.Result result, String... named) {
        assertThat(result.exit()).as("exit status").isNotZero();
        for (String part : List.of(named)) {
            assertThat(result.err()).containsIgnoringCase(part);
        }
        assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private static byte[] zipWithPickle(byte[] pickle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var crc = new CRC32();
            crc.update(pickle);
            var entry = new ZipEntry("archive/data.pkl");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(pickle.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(pickle);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
