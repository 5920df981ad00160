package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A TRM with its weights, ready to run. The network runs as a TorchScript of ours, {@code trm.py}; of the puzzle embedding
 * only the rows of a batch are read. Not for several threads at once.
 */
public final class TrmNetwork implements AutoCloseable {
    private final HyperParameters hyper;
    private final SafetensorsFile tensors;
    private final NDManager manager;
    private final Model model;
    private final PtSymbolBlock block;
    private final IValue weights;

    private TrmNetwork(HyperParameters hyper, SafetensorsFile tensors) throws IOException, MalformedModelException {
        this.hyper = hyper;
        this.tensors = tensors;
        this.manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        this.model = Model.newInstance("trm", "PyTorch");
        ((PtModel) model).load(new ByteArrayInputStream(ScriptModule.zip("trm.py")), false);
        this.block = (PtSymbolBlock) model.getBlock();
        this.weights = castWeights();
    }

    /**
     * @param weights the canonical safetensors that the manifest speaks of
     * @throws IOException when the weights cannot be read
     */
    public static TrmNetwork open(CheckpointManifest manifest, Path weights) throws IOException {
        if (!manifest.architecture().equals("trm")) {
            throw new IllegalArgumentException("this solver runs trm, not " + manifest.architecture());
        }
        SafetensorsFile tensors = SafetensorsFile.open(weights);
        try {
            return new TrmNetwork(manifest.hyperParameters(), tensors);
        } catch (MalformedModelException | RuntimeException e) {
            tensors.close();
            throw new IOException("cannot load the network: " + e.getMessage(), e);
        }
    }

    public HyperParameters hyperParameters() {
        return hyper;
    }

    private IValue castWeights() throws IOException {
        try (var scope = new IValues();
                NDManager loading = manager.newSubManager()) {
            var list = new ArrayList<PtNDArray>();
            for (String name : weightNames()) {
                list.add(name.isEmpty() ? array(loading, new float[0], 0) : tensor(loading, name));
            }
            IValue raw = scope.add(IValue.listFrom(list.toArray(PtNDArray[]::new)));
            return IValueUtils.runMethod(block, "cast", raw, scope.add(IValue.from((long) dtype())));
        }
    }

    /** In the order that {@code trm.py} wants; an empty name stands for a tensor that this network does not have. */
    private List<String> weightNames() {
        var names = new ArrayList<>(List.of(
                "H_init",
                "L_init",
                "embed_tokens.embedding_weight",
                hyper.posEncodings().equals("learned") ? "embed_pos.embedding_weight" : "",
                "lm_head.weight",
                "q_head.weight",
                "q_head.bias"));
        for (int i = 0; i < hyper.lLayers(); i++) {
            String layer = "L_level.layers." + i + ".";
            names.add(layer + (hyper.mlpT() ? "mlp_t.gate_up_proj.weight" : "self_attn.qkv_proj.weight"));
            names.add(layer + (hyper.mlpT() ? "mlp_t.down_proj.weight" : "self_attn.o_proj.weight"));
            names.add(layer + "mlp.gate_up_proj.weight");
            names.add(layer + "mlp.down_proj.weight");
        }
        return names;
    }

    /** TorchScript's numbers for the types. */
    private int dtype() {
        return switch (hyper.forwardDtype()) {
            case "float32" -> 6;
            case "bfloat16" -> 15;
            case "float16" -> 5;
            default -> throw new IllegalArgumentException("no such forward_dtype: " + hyper.forwardDtype());
        };
    }

    private PtNDArray tensor(NDManager loading, String name) throws IOException {
        return array(loading, tensors.floats(name), tensors.info(name).shape());
    }

    private static PtNDArray array(NDManager loading, float[] values, long... shape) {
        return (PtNDArray) loading.create(values, new Shape(shape));
    }

    /**
     * Runs a batch through improvement steps.
     *
     * @param tokens B rows of L tokens
     * @param identifiers B rows of the puzzle embedding
     * @param each called after every step with its result
     * @throws IllegalArgumentException when an identifier or a token is out of range
     */
    public void run(int[][] tokens, int[] identifiers, int steps, Consumer<StepResult> each) throws IOException {
        JniUtils.setGraphExecutorOptimize(false);
        try (var scope = new IValues();
                NDManager batch = manager.newSubManager()) {
            int length = tokens[0].length;
            IValue e = embed(scope, batch, tokens, identifiers);
            IValue rope = rope(scope, hyper.puzzleEmbLen() + length);
            IValue[] carry = {
                initial(scope, batch, 0, e), initial(scope, batch, 1, e),
            };
            IValue[] settings = {
                scope.add(IValue.from((long) hyper.hCycles())), scope.add(IValue.from((long) hyper.lCycles())),
                scope.add(IValue.from((long) hyper.puzzleEmbLen())), scope.add(IValue.from((long) hyper.numHeads())),
                scope.add(IValue.from(hyper.mlpT())), scope.add(IValue.from(hyper.rmsNormEps())),
            };
            for (int step = 1; step <= steps; step++) {
                // Freed after every step: a step's logits and states are the bulk of the memory.
                try (var outputs = new IValues();
                        NDManager readout = batch.newSubManager()) {
                    IValue out = outputs.run(
                            block,
                            "step",
                            weights,
                            carry[0],
                            carry[1],
                            e,
                            rope,
                            settings[0],
                            settings[1],
                            settings[2],
                            settings[3],
                            settings[4],
                            settings[5]);
                    PtNDArray[] tensors = out.toTensorArray((PtNDManager) readout);
                    carry[0] = scope.replace(carry[0], IValue.from(tensors[0]));
                    carry[1] = scope.replace(carry[1], IValue.from(tensors[1]));
                    each.accept(result(step, tensors[2], tensors[3]));
                }
            }
        }
    }

    private static StepResult result(int step, NDArray logits, NDArray q) {
        float[] both = q.toFloatArray();
        float[] halt = new float[both.length / 2];
        float[] go = new float[both.length / 2];
        for (int b = 0; b < halt.length; b++) {
            halt[b] = both[2 * b];
            go[b] = both[2 * b + 1];
        }
        return new StepResult(step, logits.toFloatArray(), halt, go);
    }

    private IValue embed(IValues scope, NDManager batch, int[][] tokens, int[] identifiers) throws IOException {
        int length = tokens[0].length;
        long[] flat = new long[tokens.length * length];
        for (int b = 0; b < tokens.length; b++) {
            for (int i = 0; i < length; i++) {
                int token = tokens[b][i];
                if (token < 0 || token >= hyper.vocabSize()) {
                    throw new IllegalArgumentException("example " + b + ", cell " + i + ": token " + token
                            + ", the checkpoint's vocabulary is " + hyper.vocabSize());
                }
                flat[b * length + i] = token;
            }
        }
        int width = hyper.puzzleEmbNdim();
        float[] rows = new float[tokens.length * width];
        for (int b = 0; b < tokens.length && width > 0; b++) {
            System.arraycopy(tensors.floatRow("puzzle_emb.weights", identifiers[b]), 0, rows, b * width, width);
        }
        PtNDArray ids = (PtNDArray) batch.create(flat, new Shape(tokens.length, length));
        return scope.run(
                block,
                "embed",
                weights,
                scope.add(IValue.from(ids)),
                scope.add(IValue.from(array(batch, rows, tokens.length, width))),
                scope.add(IValue.from((long) hyper.puzzleEmbLen())));
    }

    private IValue initial(IValues scope, NDManager batch, int weight, IValue e) {
        PtNDArray[] all = weights.toTensorArray((PtNDManager) batch);
        return scope.run(block, "initial", scope.add(IValue.from(all[weight])), e);
    }

    private IValue rope(IValues scope, int positions) {
        if (!hyper.posEncodings().equals("rope") || hyper.mlpT()) {
            return scope.add(IValue.listFrom(new PtNDArray[0]));
        }
        return scope.run(
                block,
                "rope",
                scope.add(IValue.from((long) positions)),
                scope.add(IValue.from((long) (hyper.hiddenSize() / hyper.numHeads()))),
                scope.add(IValue.from(hyper.ropeTheta())));
    }

    @Override
    public void close() throws IOException {
        weights.close();
        model.close();
        manager.close();
        tensors.close();
    }
}
