package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to do harm, each by one known trick; all are refused soon, with bounded memory, for the reason given here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileFilesAreRefused {
    /** Of an entry of a zip directory. */
    private static final int METHOD = 10;

    private static final int CHECKSUM = 16;
    private static final int COMPRESSED_SIZE = 20;

    private static final int SIZE = 24;
    private static final int LOCAL_HEADER = 42;
    private static final int NAME = 46;

    private static final List<TestTensor> TENSORS = SmallTrm.tensors(3);
    private static final Configuration CONFIGURATION = new Configuration(null, null, null, SmallTrm.SETTINGS);

    @TempDir
    Path home;

    private Watched watched;

    @BeforeEach
    void watch() throws IOException {
        watched = new Watched(home);
    }

    @Test
    void tuples_nested_a_hundred_thousand_times() throws IOException {
        refused(pickle(")" + "\u0085".repeat(100_000) + "."), "not a dict");
        refused(pickle("]" + "]a".repeat(100_000) + "."), "not a dict");
    }

    @Test
    void more_opcodes_than_any_state_dict() throws IOException {
        refused(pickle("}".repeat(1_000_000)), "300000 opcodes");
        refused(pickle("](" + "}".repeat(200_000) + "e](" + "}".repeat(200_000) + "e."), "300000 opcodes");
    }

    @Test
    void a_list_that_holds_itself() throws IOException {
        refused(pickle("]q\0h\0a."), "not a dict");
        refused(pickle("}q\0h\0X\1\0\0\0ah\0s."), "key 'a'");
    }

    @Test
    void text_longer_than_the_file() throws IOException {
        refused(pickle("X\u00ff\u00ff\u00ff\u007f"), "ends in the middle");
        refused(pickle("X\u00ff\u00ff\u00ff\u00ff"), "ends in the middle");
    }

    @Test
    void calls_of_what_is_no_state_dict() throws IOException {
        refused(pickle("cos\nsystem\nX\4\0\0\0true\u0085R."), "os.system", "byte 0");
        refused(pickle("X\2\0\0\0osX\6\0\0\0system\u0093."), "os.system", "byte 18");
        refused(pickle("ctorch._utils\n_rebuild_tensor_v2\n)R."), "argument 0");
        refused(pickle("ctorch\nFloatStorage\n)R."), "a type, not a call");
        refused(pickle("}}b."), "holds no tensors");
        refused(pickle("i" + "os\nsystem\n."), "opcode 0x69");
    }

    @Test
    void strides_that_leave_the_storage() throws IOException {
        for (long[] strides :
                new long[][] {{9, 1}, {-8, 1}, {Long.MAX_VALUE, 1}, {Long.MIN_VALUE, Long.MIN_VALUE}, {1L << 62, 4}}) {
            refused(torch(embedding(0, new long[] {5, 8}, strides)), "data.pkl, byte");
        }
        refused(torch(embedding(1, new long[] {5, 8}, new long[] {8, 1})), "does not fit its storage");
        refused(torch(embedding(-1, new long[] {5, 8}, new long[] {8, 1})), "a number from 0");
        refused(torch(embedding(Long.MAX_VALUE, new long[] {5, 8}, new long[] {8, 1})), "data.pkl, byte");
    }

    @Test
    void shapes_larger_than_any_memory() throws IOException {
        refused(torch(embedding(0, new long[] {1L << 40, 8}, new long[] {0, 0})), "does not fit its storage");
        refused(torch(embedding(0, new long[] {1L << 40, 1L << 40}, new long[] {0, 0})), "data.pkl, byte");
        refused(torch(embedding(0, new long[] {-5, 8}, new long[] {8, 1})), "a number from 0");
        refused(torch(embedding(0, new long[] {0, 1L << 40}, new long[] {8, 1})), "hidden_size");
    }

    /** Half a megabyte of file, and every one of a thousand tensors claims all of it. */
    @Test
    void a_thousand_tensors_in_one_storage() throws IOException {
        byte[] storage = new byte[512 << 10];
        var tensors = new ArrayList<TestTensor>();
        for (int i = 0; i < 1000; i++) {
            tensors.add(TestTensor.whole("tensor" + i, TensorType.F32, storage, storage.length / 4));
        }
        refused(new TorchFile().of(tensors), "share storage");
    }

    @Test
    void sizes_in_the_directory_that_lie() throws IOException {
        byte[] file = new TorchFile().of(TENSORS);
        refused(
                patched(patched(file, "data/3", SIZE, 1 << 30), "data/3", COMPRESSED_SIZE, 1 << 30),
                "do not lie within");
        refused(patched(patched(file, "data/3", SIZE, 8), "data/3", COMPRESSED_SIZE, 8), "it has 8 bytes");
        refused(patched(file, "data/3", SIZE, 8), "compressed");
        refused(patched(file, "data/3", LOCAL_HEADER, 0x7ffffff0), "central directory");
    }

    @Test
    void entries_that_overlap() throws IOException {
        byte[] file = new TorchFile().of(TENSORS);
        int first = (int) number(file, directory(file, "data/0") + LOCAL_HEADER);
        refused(patched(file, "data/1", LOCAL_HEADER, first), "overlaps");
    }

    @Test
    void a_name_twice() throws IOException {
        byte[] file = new TorchFile().of(TENSORS);
        byte[] twice = file.clone();
        int name = directory(file, "data/1") + NAME;
        twice[name + "archive/data/".length()] = '0';
        refused(twice, "two entries of this name");
    }

    @Test
    void two_pickles() throws IOException {
        byte[] empty = "}.".getBytes(StandardCharsets.US_ASCII);
        var out = new ByteArrayOutputStream();
        TorchFile.stored(out, "", Map.of("a/data.pkl", empty, "b/data.pkl", empty));
        refused(out.toByteArray(), "two pickles");
    }

    @Test
    void a_directory_of_a_hundred_thousand_entries() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 100_000; i++) {
                zip.putNextEntry(new ZipEntry("archive/data/" + i));
            }
        }
        refused(out.toByteArray(), "its directory is larger");
    }

    @Test
    void a_pickle_that_is_a_bomb() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[32 << 20]);
        }
        refused(out.toByteArray(), "compressed");
    }

    @Test
    void archives_that_are_bombs() throws IOException {
        byte[] zeros = new byte[40 << 20];
        refused(DamagedFilesAreRefusedSafely.zip(Map.of("all_config.yaml", zeros)), "more than any configuration");
        refused(gzip(DamagedFilesAreRefusedSafely.tar(Map.of("notes", zeros))), "50 times");
        refused(DamagedFilesAreRefusedSafely.tar(Map.of("run.zip/step_1", gzip(zeros))), "archive inside an archive");
        // A name of 40 MB is a header, which the reader of tar files keeps in memory.
        refused(gzip(tar(new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), zeros)), "header");
    }

    /** Whoever reads all members calls itself for each. */
    @Test
    void fifty_thousand_members_of_gzip() throws IOException {
        byte[] empty = gzip(new byte[0]);
        var members = new ByteArrayOutputStream();
        for (int i = 0; i < 50_000; i++) {
            members.write(empty);
        }
        refused(members.toByteArray(), "an archive without a checkpoint");
    }

    @Test
    void a_method_that_needs_a_library() throws IOException {
        byte[] zip = DamagedFilesAreRefusedSafely.zip(Map.of("step_1", new TorchFile().of(TENSORS)));
        byte[] other = zip.clone();
        int directory = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        for (int method : new int[] {12, 14, 93, 95}) {
            other[directory + METHOD] = (byte) method;
            refused(other, "packed by method " + method, "stored and deflated");
        }
    }

    @Test
    void checksums_that_are_others() throws IOException {
        byte[] file = new TorchFile().of(TENSORS);
        int from = new String(file, StandardCharsets.ISO_8859_1).indexOf("archive/data/3") + "archive/data/3".length();
        byte[] damaged = file.clone();
        damaged[from + 1] ^= 1;
        refused(damaged, "data/3", "their checksum is");
        refused(patched(file, "data.pkl", CHECKSUM, 1), "data.pkl", "the directory says 00000001");
        byte[] zip = DamagedFilesAreRefusedSafely.zip(Map.of("step_1", file));
        int directory = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        zip[directory + CHECKSUM] ^= 1;
        refused(zip, "step_1", "the directory says");
    }

    @Test
    void archives_with_links_and_names_that_climb() throws IOException {
        for (String name : List.of("../step_1", "/step_1", "a/../../step_1", "a\\..\\step_1", "x".repeat(2000))) {
            refused(DamagedFilesAreRefusedSafely.zip(Map.of(name, new byte[9])), "leaves the archive");
        }
        var link = new TarArchiveEntry("step_1", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");
        refused(tar(link, new byte[0]), "not a plain file");
    }

    @Test
    void headers_of_safetensors_that_lie() throws IOException {
        for (long length : new long[] {-1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40}) {
            refused(safetensors(length, "{}"), "header length");
        }
        refused(safetensors("[".repeat(3_000_000)), "header is not JSON");
        refused(safetensors("{\"a\":".repeat(200_000)), "header is not JSON");
        refused(safetensors("{\"a\":{},\"a\":{}}"), "header is not JSON");
        refused(safetensors("[]"), "not a JSON object");
        String tensor = "{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}";
        for (String shape : List.of("[-1]", "[1.5]", "[9223372036854775808]", "\"8\"", "[[8]]", "null")) {
            refused(safetensors(tensor.formatted(shape, "[0,4]")), "tensor a");
        }
        refused(safetensors(tensor.formatted("[4611686018427387904,4]", "[0,0]")), "tensor a");
        for (String offsets : List.of("[0,4]", "[4,0]", "[-4,0]", "[0]", "[0,99999999999]", "{}")) {
            refused(safetensors(tensor.formatted("[1]", offsets)), "tensor a");
        }
        refused(safetensors("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[0],\"data_offsets\":[0,0]}}"), "F8_E4M3");
    }

    @Test
    void configurations_that_are_bombs() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            String one = "*a" + (i - 1);
            laughs.append("a" + i + ": &a" + i + " [" + String.join(",", List.of(one, one, one, one)) + "]\n");
        }
        byte[] checkpoint = new TorchFile().of(TENSORS);
        for (String yaml : List.of(
                laughs.toString(),
                "[".repeat(60_000),
                "arch: " + "{a: ".repeat(15_000),
                "arch: !!javax.script.ScriptEngineManager [http://localhost/]\n",
                "arch:\n  hidden_size: " + "9".repeat(60_000) + "\n",
                "arch: &a\n  hidden_size: *a\n",
                "&a arch: *a",
                "arch: &a\n  hidden_size: [[[*a]]]\n",
                "arch:\n  num_heads: &a [[*a], {b: *a}]\n",
                "? &a [[*a]]\n: x\narch: {}\n",
                "arch:\n  hidden_size: [8]\n",
                "arch:\n  name: \"" + "a.".repeat(30_000) + "\"\n",
                "#".repeat((1 << 16) + 1))) {
            Path file = Files.writeString(home.resolveSibling(home.getFileName() + ".yaml"), yaml);
            String what = yaml.substring(0, Math.min(40, yaml.length()));
            BadCheckpoint bad = watched.inspect(checkpoint, Configuration.of(file, "all_config.yaml"), what);
            assertThat(bad).as(what).isNotNull().hasMessageStartingWith("all_config.yaml");
            Files.delete(file);
        }
    }

    private void refused(byte[] file, String... words) throws IOException {
        BadCheckpoint bad = watched.inspect(file, CONFIGURATION, Arrays.toString(words));
        assertThat(bad).as("refusal with " + Arrays.toString(words)).isNotNull().hasMessageContainingAll(words);
    }

    /** @param opcodes each character is a byte */
    private static byte[] pickle(String opcodes) throws IOException {
        return new TorchFile().raw(opcodes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] torch(TestTensor embedding) throws IOException {
        var tensors = new ArrayList<>(TENSORS);
        tensors.set(2, embedding);
        return new TorchFile().of(tensors);
    }

    private static TestTensor embedding(long offset, long[] shape, long[] strides) {
        TestTensor whole = TENSORS.get(2);
        return new TestTensor(whole.name(), whole.type(), whole.storage(), offset, shape, strides);
    }

    private static byte[] patched(byte[] zip, String entry, int field, int value) {
        byte[] out = zip.clone();
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(directory(zip, entry) + field, value);
        return out;
    }

    private static long number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    /** Position of an entry in the directory, which repeats the names behind all data; the next entry follows the name. */
    private static int directory(byte[] zip, String entry) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf("archive/" + entry + "PK") - NAME;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] tar(TarArchiveEntry entry, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static byte[] safetensors(String header) {
        return safetensors(header.length(), header);
    }

    private static byte[] safetensors(long length, String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(text)
                .array();
    }
}
