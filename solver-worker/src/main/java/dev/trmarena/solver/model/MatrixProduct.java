package dev.trmarena.solver.model;

import ai.djl.pytorch.jni.IValue;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.util.Map;

/** A single product of random matrices on the CPU, by the kernels that networks run on: for measuring what these can do at most. */
public final class MatrixProduct implements AutoCloseable {
    private final ScriptModule script;
    private final IValues lasting = new IValues();
    private final IValue factors;

    private MatrixProduct(ScriptModule script, int rows, int width, int out) {
        this.script = script;
        this.factors = lasting.run(
                script.block(),
                "factors",
                lasting.add(IValue.from((long) rows)),
                lasting.add(IValue.from((long) width)),
                lasting.add(IValue.from((long) out)));
    }

    /**
     * Of {@code rows × width} and {@code width × out}.
     *
     * @throws IOException when the engine does not load the kernels
     */
    public static MatrixProduct open(Kernels kernels, Dtype dtype, int rows, int width, int out) throws IOException {
        FreedMemory.keep();
        return new MatrixProduct(
                ScriptModule.load(
                        "product.torchscript", "Product", kernels, Map.of("dtype", ScriptModule.number(dtype))),
                rows,
                width,
                out);
    }

    public void run() {
        try (var scope = new IValues()) {
            scope.run(script.block(), "product", factors);
        }
    }

    @Override
    public void close() {
        lasting.close();
        script.close();
    }
}
