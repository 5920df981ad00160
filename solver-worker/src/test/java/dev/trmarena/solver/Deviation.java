package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** How far values are from the expected ones, over all of them. */
public record Deviation(float[] differences, double max, double mean) {
    public static final Deviation NONE = new Deviation(new float[0], 0, 0);

    public static Deviation of(float[] actual, Path expected) throws IOException {
        return of(actual, floats(expected));
    }

    public static float[] floats(Path file) throws IOException {
        NpyArray array = Npy.open(file);
        float[] values = new float[(int) array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.floatAt(i);
        }
        return values;
    }

    public static Deviation of(float[] actual, float[] wanted) {
        assertThat(actual).hasSameSizeAs(wanted);
        float[] differences = new float[actual.length];
        double max = 0;
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs((double) actual[i] - wanted[i]);
            // A NaN is as far away as can be.
            max = difference <= max ? max : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            sum += difference;
            differences[i] = (float) difference;
        }
        return new Deviation(differences, max, sum / actual.length);
    }

    /**
     * @param tokens the first of the largest of some logits, a row each
     * @param expected of the same
     * @param logits what tells them apart, a row of the vocabulary each
     * @param tie nearer than this, the larger of two logits is a matter of the machine
     * @return the share of tokens that are as expected, or could be
     */
    static double shareOfEqual(int[] tokens, int[] expected, float[] logits, double tie) {
        assertThat(tokens).hasSameSizeAs(expected);
        int vocabulary = logits.length / tokens.length;
        int equal = 0;
        for (int i = 0; i < tokens.length; i++) {
            float apart = logits[i * vocabulary + expected[i]] - logits[i * vocabulary + tokens[i]];
            equal += tokens[i] == expected[i] || Math.abs(apart) < tie ? 1 : 0;
        }
        return equal / (double) tokens.length;
    }

    public static int[] integers(Path file) throws IOException {
        NpyArray array = Npy.open(file);
        int[] values = new int[(int) array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) array.longAt(i);
        }
        return values;
    }

    /** @return the share of the values that are further away than this, or not numbers */
    double beyond(double bound) {
        int beyond = 0;
        for (float difference : differences) {
            beyond += difference <= bound ? 0 : 1;
        }
        return beyond / (double) differences.length;
    }

    Deviation larger(Deviation other) {
        return max >= other.max ? this : other;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1e", max);
    }
}
