package dev.trmarena.solver.model;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of a network on the device, cast and packed once; all but the puzzle embedding, which stays in the file.
 *
 * @param frame embedding and heads, as {@code frame.torchscript} orders them
 * @param states the stored vectors that the states begin as
 * @param levels a list of matrices for each level
 */
record Weights(IValue frame, IValue states, IValue levels) implements AutoCloseable {

    static Weights load(
            Architecture architecture,
            HyperParameters hyper,
            SafetensorsFile tensors,
            NDManager manager,
            PtSymbolBlock block)
            throws IOException {
        var frame = List.of(
                "embed_tokens.embedding_weight",
                hyper.posEncodings().equals("learned") ? "embed_pos.embedding_weight" : "",
                "lm_head.weight",
                "q_head.weight",
                "q_head.bias");
        var loaded = new ArrayList<IValue>();
        try (var scope = new IValues();
                NDManager loading = manager.newSubManager()) {
            loaded.add(load(tensors, frame, loading, block, "cast"));
            loaded.add(load(tensors, architecture.initialStates(), loading, block, "cast"));
            var levels = new ArrayList<IValue>();
            for (Architecture.Level level : architecture.levels()) {
                levels.add(scope.add(load(tensors, matrices(level, hyper), loading, block, "pack")));
            }
            return new Weights(loaded.get(0), loaded.get(1), IValue.listFrom(levels.toArray(IValue[]::new)));
        } catch (IOException | RuntimeException e) {
            loaded.forEach(IValue::close);
            throw e;
        }
    }

    private static List<String> matrices(Architecture.Level level, HyperParameters hyper) {
        boolean mlpT = hyper.mlpT();
        var names = new ArrayList<String>();
        for (int i = 0; i < level.layers(hyper); i++) {
            String layer = level.prefix() + ".layers." + i + ".";
            names.add(layer + (mlpT ? "mlp_t.gate_up_proj.weight" : "self_attn.qkv_proj.weight"));
            names.add(layer + (mlpT ? "mlp_t.down_proj.weight" : "self_attn.o_proj.weight"));
            names.add(layer + "mlp.gate_up_proj.weight");
            names.add(layer + "mlp.down_proj.weight");
        }
        return names;
    }

    /** An empty name stands for a tensor that this network does not have. */
    private static IValue load(
            SafetensorsFile tensors, List<String> names, NDManager manager, PtSymbolBlock block, String method)
            throws IOException {
        // The float32 copies go before the next list comes: a network is loaded in little more than its own size.
        try (NDManager loading = manager.newSubManager();
                var scope = new IValues()) {
            var arrays = new ArrayList<PtNDArray>();
            for (String name : names) {
                arrays.add(
                        name.isEmpty()
                                ? HostArrays.floats(loading, new float[0], 0)
                                : HostArrays.floats(loading, tensors, name));
            }
            IValue raw = scope.add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
            return IValueUtils.runMethod(block, method, raw);
        }
    }

    @Override
    public void close() {
        levels.close();
        states.close();
        frame.close();
    }
}
