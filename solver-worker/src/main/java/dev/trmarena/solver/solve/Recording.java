package dev.trmarena.solver.solve;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.solver.model.StepResult;
import dev.trmarena.solver.model.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Everything that all batches gave, until it is written. What a batch did not reach is NaN. */
final class Recording {
    private static final String LAST = "last";

    private final int count;
    private final int length;
    private final int vocab;
    private final Map<String, float[]> logits = new TreeMap<>();
    private final int[] preds;
    private final List<float[]> qHalt = new ArrayList<>();
    private final List<float[]> qContinue = new ArrayList<>();

    /** @param saveLogits step numbers from 1, and {@code last} */
    Recording(int count, int length, int vocab, Set<String> saveLogits) {
        this.count = count;
        this.length = length;
        this.vocab = vocab;
        this.preds = new int[count * length];
        for (String step : saveLogits) {
            logits.put(step, unknown(Math.multiplyExact(preds.length, vocab)));
        }
    }

    Wanted wanted() {
        return new Wanted(
                step -> false,
                step -> logits.containsKey(String.valueOf(step)),
                logits.containsKey(LAST),
                step -> false);
    }

    /** Steps of the batch that took the most. */
    int steps() {
        return qHalt.size();
    }

    /** @param first the example that the batch begins with */
    void keep(StepResult result, int first) {
        if (qHalt.size() < result.step()) {
            qHalt.add(unknown(count));
            qContinue.add(unknown(count));
        }
        copy(result.qHalt(), qHalt.get(result.step() - 1), first);
        copy(result.qContinue(), qContinue.get(result.step() - 1), first);
        logits.forEach((step, kept) -> {
            if (step.equals(LAST) ? result.last() : Integer.parseInt(step) == result.step()) {
                copy(result.logits(), kept, first * length * vocab);
            }
        });
        if (result.last()) {
            System.arraycopy(result.tokens(), 0, preds, first * length, result.tokens().length);
        }
    }

    void write(Path out) throws IOException {
        Files.createDirectories(out);
        Npy.writeInt32(out.resolve("preds.npy"), preds, count, length);
        Npy.writeFloat32(out.resolve("q_halt.npy"), joined(qHalt), steps(), count);
        Npy.writeFloat32(out.resolve("q_continue.npy"), joined(qContinue), steps(), count);
        for (var step : logits.entrySet()) {
            Path file = out.resolve("logits_step" + step.getKey() + ".npy");
            Npy.writeFloat32(file, step.getValue(), count, length, vocab);
        }
    }

    private float[] joined(List<float[]> steps) {
        float[] all = new float[steps.size() * count];
        for (int i = 0; i < steps.size(); i++) {
            copy(steps.get(i), all, i * count);
        }
        return all;
    }

    private static void copy(float[] from, float[] to, int start) {
        System.arraycopy(from, 0, to, start, from.length);
    }

    private static float[] unknown(int size) {
        float[] values = new float[size];
        Arrays.fill(values, Float.NaN);
        return values;
    }
}
