package dev.trmarena.benchmark;

import dev.trmarena.benchmark.Contest.Contestant;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.MatrixProduct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine does at most in each type: the fastest of several large products, of several sizes, by libtorch's own path and by the
 * one with packed weights. No single product will do: on some processors one of the paths is slow, on others a size is.
 */
final class Peaks implements AutoCloseable {
    /** A turn is so many multiplications and additions, at least. */
    private static final double TURN = 8e9;

    /** Rows, width, out: two squares, and what the networks multiply. */
    private static final List<int[]> SIZES =
            List.of(new int[] {2048, 2048, 2048}, new int[] {1024, 1024, 1024}, new int[] {1024, 512, 3072}, new int[] {
                1024, 1536, 512
            });

    /** @param flops of a turn */
    private record Candidate(Dtype dtype, MatrixProduct product, int repeats, double flops) {}

    private final List<Candidate> candidates = new ArrayList<>();

    /** Opens all; closes those that it opened where one fails. */
    Peaks() throws IOException {
        try {
            for (Dtype dtype : List.of(Dtype.FLOAT32, Dtype.BFLOAT16)) {
                for (Kernels kernels : paths(dtype)) {
                    for (int[] size : SIZES) {
                        double flops = 2.0 * size[0] * size[1] * size[2];
                        int repeats = (int) Math.ceil(TURN / flops);
                        candidates.add(new Candidate(
                                dtype,
                                MatrixProduct.open(kernels, dtype, size[0], size[1], size[2]),
                                repeats,
                                flops * repeats));
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where a CPU has no instructions for bfloat16, products of float32 whose results are rounded are the fastest there are. */
    private static List<Kernels> paths(Dtype dtype) {
        if (dtype == Dtype.BFLOAT16) {
            return Kernels.BFLOAT16.runHere()
                    ? List.of(Kernels.GENERIC, Kernels.BFLOAT16)
                    : List.of(Kernels.PACKED.runHere() ? Kernels.PACKED : Kernels.GENERIC);
        }
        return Kernels.PACKED.runHere() ? List.of(Kernels.GENERIC, Kernels.PACKED) : List.of(Kernels.GENERIC);
    }

    List<Contestant> contestants() {
        var all = new ArrayList<Contestant>();
        for (Candidate candidate : candidates) {
            all.add(() -> {
                for (int i = 0; i < candidate.repeats(); i++) {
                    candidate.product().run();
                }
            });
        }
        return all;
    }

    /**
     * @param millis of a turn of each of the {@link #contestants}, in their order
     * @return GFLOP/s of the fastest product of a type
     */
    double of(Dtype dtype, double[] millis) {
        double most = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).dtype() == dtype) {
                most = Math.max(most, candidates.get(i).flops() / millis[i] / 1e6);
            }
        }
        return most;
    }

    @Override
    public void close() {
        candidates.forEach(candidate -> candidate.product().close());
    }
}
