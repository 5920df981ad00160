package dev.trmarena.benchmark.hostile;

import dev.trmarena.benchmark.platform.RunningPlatform;
import dev.trmarena.puzzles.npy.Npy;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that ask much of whoever reads them. */
final class SmallFiles {
    private static final int INSPECTIONS = 10;
    private static final int KEY = (8 << 20) - 100;
    private static final int MEMBERS = 50_000;
    private static final int COMMAS = 90_000_000;

    private final RunningPlatform platform;
    private final Asked asked;
    private final Path folder;

    /** @param folder for what is made */
    SmallFiles(RunningPlatform platform, Path folder) {
        this.platform = platform;
        this.asked = new Asked(platform);
        this.folder = folder;
    }

    /** A pickle as large as is read, nearly all of it one key, asked about again and again. */
    void longKey() throws IOException, InterruptedException {
        String upload = asked.upload(Files.write(folder.resolve("key.pt"), torch(pickleOfOneKey())));
        long before = logged();
        var witness = new Witness(platform);
        String told = "";
        for (int i = 0; i < INSPECTIONS; i++) {
            told = asked.inspect(upload).told();
        }
        witness.tell(
                "a pickle with a key of 8 MB, inspected ten times",
                told + "; " + (logged() - before) + " bytes of log");
    }

    private long logged() throws IOException {
        long bytes = 0;
        try (var files = Files.list(platform.data().resolve("logs"))) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** An empty dict, the key, a number, and the two are put into it. */
    private static byte[] pickleOfOneKey() {
        var key = new byte[KEY];
        Arrays.fill(key, (byte) 'k');
        ByteBuffer pickle = ByteBuffer.allocate(KEY + 20).order(ByteOrder.LITTLE_ENDIAN);
        pickle.put(new byte[] {(byte) 0x80, 2, '}', 'X'}).putInt(KEY).put(key);
        pickle.put(new byte[] {'K', 1, 's', '.'});
        return Arrays.copyOf(pickle.array(), pickle.position());
    }

    private static byte[] torch(byte[] pickle) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            var entry = new ZipEntry("archive/data.pkl");
            var sum = new CRC32();
            sum.update(pickle);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(pickle.length);
            entry.setCrc(sum.getValue());
            zip.putNextEntry(entry);
            zip.write(pickle);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    void members() throws IOException, InterruptedException {
        var empty = new ByteArrayOutputStream();
        new GZIPOutputStream(empty).close();
        Path file = folder.resolve("members.gz");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < MEMBERS; i++) {
                empty.writeTo(out);
            }
        }
        String upload = asked.upload(file);
        var witness = new Witness(platform);
        witness.tell(
                "50,000 gzip members as a checkpoint", asked.inspect(upload).told());
    }

    void commas() throws IOException, InterruptedException {
        Path file = folder.resolve("commas.csv");
        var commas = new byte[MEMBERS];
        Arrays.fill(commas, (byte) ',');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("source,question,answer,rating\n".getBytes(StandardCharsets.UTF_8));
            for (int written = 0; written < COMMAS; written += commas.length) {
                out.write(commas);
            }
        }
        var witness = new Witness(platform);
        Asked.Answer answer = asked.importSet("commas", folder, List.of("commas.csv"));
        witness.tell("a CSV line of 90,000,000 commas", answer.told());
    }

    void identifiers() throws IOException, InterruptedException {
        Path set = folder.resolve("identifiers");
        Path test = Files.createDirectories(set.resolve("test"));
        Files.writeString(
                test.resolve("dataset.json"),
                "{\"seq_len\":900,\"vocab_size\":12,\"num_puzzle_identifiers\":2000000000,\"ignore_label_id\":0}");
        Files.writeString(set.resolve("identifiers.json"), "[\"<blank>\"]");
        String pair = "{\"input\":[[1]],\"output\":[[2]]}";
        Files.writeString(
                set.resolve("test_puzzles.json"), "{\"a\":{\"train\":[" + pair + "],\"test\":[" + pair + "]}}");
        Npy.writeUint8(test.resolve("all__inputs.npy"), new byte[900], 1, 900);
        Npy.writeUint8(test.resolve("all__labels.npy"), new byte[900], 1, 900);
        Npy.writeInt32(test.resolve("all__puzzle_identifiers.npy"), new int[] {1_999_999_999}, 1);
        Npy.writeInt32(test.resolve("all__puzzle_indices.npy"), new int[] {0, 1}, 2);
        List<String> files = new ArrayList<>(MadeSets.FILES);
        files.add("test_puzzles.json");
        var witness = new Witness(platform);
        Asked.Answer answer = asked.importSet("identifiers", set, files);
        witness.tell("an ARC directory that says 2,000,000,000 identifiers", answer.told());
    }
}
