package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.arc.ReadJson;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever size a file says or has, it is refused by a limit that the refusal names, before memory is taken for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadersKeepToTheirLimits {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String PAIR = "{\"input\":[[1]],\"output\":[[2]]}";

    @TempDir
    Path folder;

    /** Two and a half kilobytes that would have had 32 GB set aside. */
    @Test
    void a_directory_that_says_two_thousand_million_identifiers() throws IOException {
        dataset(900, 12, 2_000_000_000, 1_999_999_999);
        Files.writeString(folder.resolve("identifiers.json"), "[\"<blank>\"]");
        Files.writeString(
                folder.resolve("test_puzzles.json"), "{\"a\":{\"train\":[" + PAIR + "],\"test\":[" + PAIR + "]}}");
        refused(
                32 << 20,
                () -> open(folder),
                "test/dataset.json, num_puzzle_identifiers: it is 2000000000, at most 2000000 are read");
    }

    @ParameterizedTest
    @CsvSource({"100000, 12, 1, seq_len: it is 100000", "997, 12, 1, no rectangle", "900, 300, 1, at most 256 tokens"})
    void sizes_of_a_dataset(int length, int vocabulary, int identifiers, String words) throws IOException {
        dataset(length, vocabulary, identifiers, 0);
        refused(32 << 20, () -> open(folder), "test/dataset.json", words);
    }

    @Test
    void names_that_are_too_many() throws IOException {
        Path names = Files.writeString(folder.resolve("identifiers.json"), "[\"<blank>\"]");
        var wanted = new BitSet();
        wanted.set(ReadLimits.IDENTIFIERS);
        refused(
                32 << 20,
                () -> IdentifierNames.read(names, wanted),
                "number 2000000 is referred to",
                "at most 2000000");
    }

    @Test
    void a_line_of_ninety_million_commas() throws IOException {
        Path csv = folder.resolve("test.csv");
        byte[] commas = new byte[1 << 20];
        Arrays.fill(commas, (byte) ',');
        try (OutputStream out = Files.newOutputStream(csv)) {
            out.write("source,question,answer,rating\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 86; i++) {
                out.write(commas);
            }
        }
        refused(32 << 20, () -> open(csv), "test.csv, line 2", "more than 262144 characters");
    }

    @Test
    void a_field_without_end() throws IOException {
        Path csv = folder.resolve("test.csv");
        try (var out = Files.newBufferedWriter(csv)) {
            out.write("source,question,answer,rating\n\"");
            for (int i = 0; i < 100_000; i++) {
                out.write("another line of it\n");
            }
        }
        refused(32 << 20, () -> open(csv), "test.csv, line 2", "262144");
    }

    @Test
    void json_that_is_larger_deeper_or_fuller() throws IOException {
        Path file = folder.resolve("test_puzzles.json");
        Files.writeString(file, "{\"a\":" + "[".repeat(100_000));
        refused(32 << 20, () -> ArcFiles.tasks(file), "test_puzzles.json: it is more than is read", "(20)");
        Files.writeString(file, "{\"a\":{\"train\":[" + "[],".repeat(3_000_000) + "[]]}}");
        refused(128 << 20, () -> ArcFiles.tasks(file), "'a' holds more than 500000 values");
        Files.writeString(file, "{\"" + "a".repeat(2_000_000) + "\":1}");
        refused(32 << 20, () -> ArcFiles.tasks(file), "more than is read", "1000");
        String tasks = IntStream.rangeClosed(0, ReadLimits.TASKS)
                .mapToObj(i -> "\"t" + i + "\":{\"train\":[" + PAIR + "],\"test\":[" + PAIR + "]}")
                .collect(Collectors.joining(","));
        Files.writeString(file, "{" + tasks + "}");
        refused(128 << 20, () -> ArcFiles.tasks(file), "more than 20000 tasks");
        dataset(900, 12, 1, 0);
        Files.writeString(folder.resolve("test/dataset.json"), " ".repeat(2 << 20));
        refused(32 << 20, () -> open(folder), "it has 2097152 bytes, at most 1048576 are read");
    }

    /** A table of them that grows by copies of itself takes 600 MB. */
    @Test
    void json_with_names_that_are_long() throws IOException {
        Path file = folder.resolve("test_puzzles.json");
        String tasks = IntStream.range(0, 5_000)
                .mapToObj(i -> "\"" + "n".repeat(900) + i + "\":{\"train\":[" + PAIR + "],\"test\":[" + PAIR + "]}")
                .collect(Collectors.joining(","));
        Files.writeString(file, "{" + tasks + ",\"last\":1}");
        refused(96 << 20, () -> ArcFiles.tasks(file), "test_puzzles.json", "last");
    }

    @Test
    void what_is_quoted_is_short() throws IOException {
        Path file = folder.resolve("test_puzzles.json");
        String cell = "[" + "1,".repeat(100_000) + "1]";
        Files.writeString(
                file, "{\"a\":{\"train\":[{\"input\":[[" + cell + "]],\"output\":[[2]]}],\"test\":[" + PAIR + "]}}");
        var problem = catchThrowableOfType(InputProblem.class, () -> ArcFiles.tasks(file));
        assertThat(problem.problem()).contains("is no colour").hasSizeLessThan(200);
    }

    @Test
    void packed_json_that_unpacks_to_more() throws IOException {
        Path file = folder.resolve("tasks.json.gz");
        Files.write(file, gzip(" ".repeat(4 << 20)));
        refused(
                32 << 20,
                () -> ReadJson.tree(file, "tasks.json.gz", 1 << 20),
                "tasks.json.gz",
                "more than 1048576 bytes");
        Files.writeString(file, "{}");
        refused(32 << 20, () -> ReadJson.tree(file, "tasks.json.gz", 1 << 20), "not packed by gzip");
    }

    /** Whoever reads them one inside the other runs out of stack. */
    @Test
    void fifty_thousand_members_of_gzip() throws IOException {
        var members = new ByteArrayOutputStream();
        byte[] empty = gzip("");
        for (int i = 0; i < 50_000; i++) {
            members.write(empty);
        }
        Path file = Files.write(folder.resolve("tasks.json.gz"), members.toByteArray());
        assertThat(ReadJson.tree(file, "tasks.json.gz", 1 << 20).isMissingNode())
                .isTrue();
    }

    private void open(Path source) {
        PuzzleSetImport.read(source, null, folder.resolve("arrays"));
    }

    private void dataset(int length, int vocabulary, int identifierCount, int identifier) throws IOException {
        Path test = Files.createDirectories(folder.resolve("test"));
        Files.writeString(
                test.resolve("dataset.json"),
                "{\"seq_len\":" + length + ",\"vocab_size\":" + vocabulary + ",\"num_puzzle_identifiers\":"
                        + identifierCount + ",\"ignore_label_id\":0}");
        Npy.writeUint8(test.resolve("all__inputs.npy"), new byte[length], 1, length);
        Npy.writeUint8(test.resolve("all__labels.npy"), new byte[length], 1, length);
        Npy.writeInt32(test.resolve("all__puzzle_identifiers.npy"), new int[] {identifier}, 1);
        Npy.writeInt32(test.resolve("all__puzzle_indices.npy"), new int[] {0, 1}, 2);
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private interface Reading {
        void read() throws IOException;
    }

    /** @param mostBytes that may be allocated, freed or not */
    private static void refused(long mostBytes, Reading reading, String... words) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        var problem = catchThrowableOfType(InputProblem.class, reading::read);
        long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
        assertThat(problem).as("refusal with " + Arrays.toString(words)).hasMessageContainingAll(words);
        assertThat(problem.remedy()).isNotBlank();
        assertThat(allocated)
                .as("bytes allocated for " + Arrays.toString(words))
                .isLessThan(mostBytes);
    }
}
