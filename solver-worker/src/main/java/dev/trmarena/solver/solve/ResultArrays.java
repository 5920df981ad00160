package dev.trmarena.solver.solve;

import dev.trmarena.artifacts.store.Disk;
import dev.trmarena.puzzles.npy.NpyOutput;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The arrays that a run gives, written as the batches come: into files that end in {@code .part} until all of them are whole.
 * Only the batch that runs is in memory. What a batch did not reach is NaN.
 */
final class ResultArrays implements AutoCloseable {
    private static final String LAST = "last";
    private static final String PART = ".part";
    private static final String PREDS = "preds.npy";
    private static final String Q_HALT = "q_halt.npy";
    private static final String Q_CONTINUE = "q_continue.npy";

    private final Path out;
    private final Shape shape;
    private final Set<String> saveLogits;
    private final Disk disk = new Disk();
    private final Map<String, NpyOutput> files = new TreeMap<>();
    private final Set<String> missing = new TreeSet<>();
    private int steps;
    private int first;
    private int rows;
    private int reached;

    /** @param count examples, of {@code length} tokens out of {@code vocab} */
    record Shape(int count, int length, int vocab) {}

    /**
     * Goes on with what lies in the folder.
     *
     * @param saveLogits step numbers from 1, and {@code last}
     * @param steps that the batches took which are there already; 0 when there are none
     */
    ResultArrays(Path out, Shape shape, Set<String> saveLogits, int steps) throws IOException {
        this.out = out;
        this.shape = shape;
        this.saveLogits = Set.copyOf(saveLogits);
        this.steps = steps;
        for (String name : names(saveLogits)) {
            files.put(name, new NpyOutput(part(out, name)));
        }
    }

    private static Set<String> names(Set<String> saveLogits) {
        Set<String> names = new TreeSet<>(Set.of(PREDS, Q_HALT, Q_CONTINUE));
        saveLogits.forEach(step -> names.add(logits(step)));
        return names;
    }

    private static String logits(String step) {
        return "logits_step" + step + ".npy";
    }

    private static Path part(Path out, String name) {
        return out.resolve(name + PART);
    }

    /** Whether all arrays are there, whole. */
    static boolean isWhole(Path out, Set<String> saveLogits) {
        return names(saveLogits).stream().allMatch(name -> Files.isRegularFile(out.resolve(name)));
    }

    /** Whether there is something to go on with; one that was killed while it made the arrays whole gets them back as parts. */
    static boolean hasParts(Path out, Set<String> saveLogits) throws IOException {
        for (String name : names(saveLogits)) {
            if (!Files.isRegularFile(part(out, name))) {
                if (!Files.isRegularFile(out.resolve(name))) {
                    return false;
                }
                Files.move(out.resolve(name), part(out, name));
            }
        }
        return true;
    }

    /** Removes the arrays of an earlier run, so that nobody takes them for those of the one that begins. */
    static void clear(Path out, Set<String> saveLogits) throws IOException {
        for (String name : names(saveLogits)) {
            Files.deleteIfExists(out.resolve(name));
            Files.deleteIfExists(part(out, name));
        }
    }

    StepOutputs outputs() {
        return new StepOutputs(
                step -> false,
                step -> saveLogits.contains(String.valueOf(step)),
                saveLogits.contains(LAST),
                step -> false);
    }

    /** Steps of the batch that took the most. */
    int steps() {
        return steps;
    }

    /** A batch begins at this example. */
    void begin(int first, int rows) {
        this.first = first;
        this.rows = rows;
        reached = 0;
        missing.addAll(saveLogits);
    }

    /** @throws UncheckedIOException when it cannot be written */
    void keep(StepResult result) {
        try {
            write(result);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + out + ": " + e.getMessage(), e);
        }
    }

    private void write(StepResult result) throws IOException {
        reached = result.step();
        if (reached > steps) {
            // Nobody before came that far.
            unknown(reached, 0, first);
            steps = reached;
        }
        long at = (long) (reached - 1) * shape.count() + first;
        file(Q_HALT).write(at, result.qHalt());
        file(Q_CONTINUE).write(at, result.qContinue());
        for (String step : saveLogits) {
            if (step.equals(LAST) ? result.last() : Integer.parseInt(step) == reached) {
                file(logits(step)).write(firstLogit(), result.logits());
                missing.remove(step);
            }
        }
        if (result.last()) {
            file(PREDS).write((long) first * shape.length(), result.tokens());
        }
    }

    /** The batch is over. */
    void end() throws IOException {
        for (int step = reached + 1; step <= steps; step++) {
            unknown(step, first, rows);
        }
        for (String step : missing) {
            file(logits(step)).unknown(firstLogit(), (long) rows * shape.length() * shape.vocab());
        }
        missing.clear();
    }

    private void unknown(int step, int from, int examples) throws IOException {
        long at = (long) (step - 1) * shape.count() + from;
        file(Q_HALT).unknown(at, examples);
        file(Q_CONTINUE).unknown(at, examples);
    }

    private long firstLogit() {
        return (long) first * shape.length() * shape.vocab();
    }

    private NpyOutput file(String name) {
        NpyOutput file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no array " + name + " is written");
        }
        return file;
    }

    /** Afterwards a power cut takes nothing of what was written. */
    void sync() throws IOException {
        for (NpyOutput file : files.values()) {
            file.sync();
        }
    }

    /** All batches are there: makes whole arrays of the parts, under their own names. */
    void finish() throws IOException {
        file(PREDS).finish("i4", shape.count(), shape.length());
        file(Q_HALT).finish("f4", steps, shape.count());
        file(Q_CONTINUE).finish("f4", steps, shape.count());
        for (String step : saveLogits) {
            file(logits(step)).finish("f4", shape.count(), shape.length(), shape.vocab());
        }
        close();
        for (String name : files.keySet()) {
            disk.rename(part(out, name), out.resolve(name));
        }
        disk.syncFolder(out);
    }

    @Override
    public void close() throws IOException {
        for (NpyOutput file : files.values()) {
            file.close();
        }
    }
}
