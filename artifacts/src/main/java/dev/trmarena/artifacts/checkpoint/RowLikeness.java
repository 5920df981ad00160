package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How alike rows of a puzzle embedding are, by the cosine of the angle between them. Training pulls the rows of one task's variants the
 * same way: in our trained checkpoints 0.34 within a task and 0.15 between tasks; rows in any other order are as alike here as there.
 *
 * @param within mean over pairs of rows of one task
 * @param between mean over pairs of rows of different tasks
 */
public record RowLikeness(double within, double between) {
    /** Of what trained rows differ by, a third: six times what chance gives with a few hundred rows. */
    private static final double LEAST = 0.06;

    private static final String TABLE = "puzzle_emb.weights";

    /** Whether rows of one task belong together more than any others do. */
    public boolean tellsTasks() {
        return within - between >= LEAST;
    }

    /**
     * @param weights canonical safetensors of a network with a puzzle embedding
     * @param rowsOfTasks rows of some tasks, which may be more than the table has: those are left out
     * @return empty where no row of a task has a companion with a value in it
     */
    public static Optional<RowLikeness> of(Path weights, List<int[]> rowsOfTasks) throws IOException {
        var within = new Mean();
        var between = new Mean();
        List<List<double[]>> before = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            for (int[] identifiers : rowsOfTasks) {
                List<double[]> rows = new ArrayList<>();
                for (int identifier : identifiers) {
                    double[] row = direction(file, identifier);
                    if (row != null) {
                        rows.forEach(each -> within.add(cosine(each, row)));
                        before.forEach(task -> task.forEach(each -> between.add(cosine(each, row))));
                        rows.add(row);
                    }
                }
                before.add(rows);
            }
        }
        return within.count == 0 || between.count == 0
                ? Optional.empty()
                : Optional.of(new RowLikeness(within.get(), between.get()));
    }

    /** Of length 1; null for a row without any value: it was never trained. */
    private static double @Nullable [] direction(SafetensorsFile file, int identifier) throws IOException {
        if (identifier >= file.info(TABLE).shape()[0]) {
            return null;
        }
        float[] row = file.floatRow(TABLE, identifier);
        double square = 0;
        for (float value : row) {
            square += (double) value * value;
        }
        if (square == 0) {
            return null;
        }
        double[] direction = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            direction[i] = row[i] / Math.sqrt(square);
        }
        return direction;
    }

    private static double cosine(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double get() {
            return sum / count;
        }
    }
}
