package dev.trmarena.solver.solve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.trmarena.artifacts.store.Disk;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the arrays in a folder belong to and how far they have come, in {@code solve.json} beside them.
 *
 * @param of the arguments and what lies behind them: digests of the files, the settings of the network
 * @param done examples from the first on whose answers are in the files
 * @param steps of the batch that took the most
 */
record SolveRecord(Map<String, String> of, int done, int steps) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_SAID = "not said";
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    SolveRecord {
        of = new TreeMap<>(of);
    }

    private static Path file(Path out) {
        return out.resolve("solve.json");
    }

    /** @return null when there is none */
    static @Nullable SolveRecord read(Path out) throws IOException {
        if (!Files.isRegularFile(file(out))) {
            return null;
        }
        try {
            return JSON.readValue(file(out).toFile(), SolveRecord.class);
        } catch (JsonProcessingException e) {
            throw new InputProblem(
                    file(out).toString(),
                    null,
                    "it is no record of a run: " + e.getOriginalMessage(),
                    "Name another folder with --out, or delete this file to begin again.");
        }
    }

    /** In one step, on disk afterwards. */
    void write(Path out, Disk disk) throws IOException {
        Path draft = out.resolve("solve.json.part");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(PRETTY.writeValueAsBytes(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            disk.syncFile(channel);
        }
        disk.rename(draft, file(out));
        disk.syncFolder(out);
    }

    /** @throws InputProblem naming what is different */
    void requireSame(Map<String, String> now, Path out) {
        List<String> different = new ArrayList<>();
        var names = new TreeSet<>(of.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String then = of.getOrDefault(name, NOT_SAID);
            String today = now.getOrDefault(name, NOT_SAID);
            if (!today.equals(then)) {
                different.add(name + " was " + then + ", now it is " + today);
            }
        }
        if (!different.isEmpty()) {
            throw new InputProblem(
                    file(out).toString(),
                    null,
                    "the answers in this folder are of another run: " + String.join("; ", different),
                    "Give the same arguments to go on with it (" + done + " examples are solved), name another folder"
                            + " with --out, or delete this one to begin again.");
        }
    }
}
