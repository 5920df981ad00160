package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Any family, run by two TorchScripts of ours: {@code frame.py} around the recursion and the family's own script. Of the puzzle
 * embedding only the rows of a batch are read.
 */
final class ScriptNetwork implements Network {
    private final HyperParameters hyper;
    private final Dtype dtype;
    private final Kernels kernels;
    private final SafetensorsFile tensors;
    private final NDManager manager;
    private final ScriptModule frame;
    private final ScriptModule recursion;
    private final Weights weights;
    private final List<AutoCloseable> owned;

    private ScriptNetwork(
            Family family,
            HyperParameters hyper,
            Device device,
            Dtype dtype,
            Kernels kernels,
            SafetensorsFile tensors,
            List<AutoCloseable> owned)
            throws IOException {
        this.hyper = hyper;
        this.dtype = dtype;
        this.kernels = kernels;
        this.tensors = tensors;
        this.owned = owned;
        this.manager = own(NDManager.newBaseManager(device, "PyTorch"));
        this.frame = own(ScriptModule.load("frame.py", "Frame", kernels, Map.of("dtype", dtype.number())));
        var attributes = new HashMap<>(family.schedule(hyper));
        attributes.put("mlp_t", hyper.mlpT());
        attributes.put("heads", hyper.numHeads());
        attributes.put("eps", hyper.rmsNormEps());
        this.recursion = own(ScriptModule.load(family.script(), "Recursion", kernels, attributes));
        this.weights = own(Weights.load(family, hyper, tensors, manager, frame.block()));
    }

    static Network open(CheckpointManifest manifest, Path weights, Device device, Dtype dtype, Kernels kernels)
            throws IOException {
        Family family = Family.of(manifest.architecture());
        var owned = new ArrayList<AutoCloseable>();
        try {
            SafetensorsFile tensors = SafetensorsFile.open(weights);
            owned.add(tensors);
            return new ScriptNetwork(family, manifest.hyperParameters(), device, dtype, kernels, tensors, owned);
        } catch (IOException | RuntimeException e) {
            closeAll(owned);
            throw new IOException("cannot load the network: " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.add(part);
        return part;
    }

    @Override
    public HyperParameters hyperParameters() {
        return hyper;
    }

    @Override
    public Dtype dtype() {
        return dtype;
    }

    @Override
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public void run(int[][] tokens, int[] identifiers, int steps, Wanted wanted, Consumer<StepResult> each)
            throws IOException {
        if (tokens.length == 0 || tokens[0].length == 0 || tokens.length != identifiers.length) {
            throw new IllegalArgumentException(
                    "a batch of " + tokens.length + " examples and " + identifiers.length + " identifiers");
        }
        // A setting of the thread; with it libtorch would compile and profile what runs a few times only.
        JniUtils.setGraphExecutorOptimize(false);
        var halting = new Halting(tokens.length, steps, false);
        try (var scope = new IValues();
                NDManager batch = manager.newSubManager()) {
            IValue e = embed(scope, batch, tokens, identifiers);
            IValue rope = rope(scope, hyper.puzzleEmbLen() + tokens[0].length);
            IValue carry = scope.run(frame.block(), "initial", weights.states(), e);
            IValue positions = scope.add(IValue.from((long) hyper.puzzleEmbLen()));
            boolean last = false;
            for (int step = 1; !last; step++) {
                carry = scope.replace(carry, step(carry, e, rope));
                // Freed after every step: a step's logits are the bulk of the memory.
                try (var outputs = new IValues();
                        NDManager readout = batch.newSubManager()) {
                    float[] q = outputs.run(frame.block(), "q", weights.frame(), carry)
                            .toTensor((PtNDManager) readout)
                            .toFloatArray();
                    float[] qHalt = column(q, 0);
                    float[] qContinue = column(q, 1);
                    last = halting.after(qHalt, qContinue);
                    boolean logits = wanted.logitsOf(step, last);
                    PtNDArray[] answer = last || logits
                            ? outputs.run(frame.block(), "answer", weights.frame(), carry, positions)
                                    .toTensorArray((PtNDManager) readout)
                            : new PtNDArray[0];
                    each.accept(new StepResult(
                            step,
                            last,
                            answer.length > 0 ? answer[0].toIntArray() : new int[0],
                            logits ? answer[1].toFloatArray() : new float[0],
                            qHalt,
                            qContinue,
                            wanted.carry().test(step) ? shown(outputs, readout, carry) : List.of()));
                }
                if (!last && halting.any()) {
                    carry = scope.replace(carry, reset(batch, carry, halting.halted()));
                }
            }
        }
    }

    private IValue step(IValue carry, IValue e, IValue rope) {
        return IValueUtils.runMethod(recursion.block(), "step", weights.levels(), carry, e, rope);
    }

    private IValue reset(NDManager batch, IValue carry, boolean[] halted) {
        try (var scope = new IValues();
                NDManager rows = batch.newSubManager()) {
            IValue mask = scope.add(IValue.from(HostArrays.booleans(rows, halted)));
            return IValueUtils.runMethod(frame.block(), "reset", carry, weights.states(), mask);
        }
    }

    private List<float[]> shown(IValues outputs, NDManager readout, IValue carry) {
        var states = new ArrayList<float[]>();
        for (PtNDArray state : outputs.run(frame.block(), "shown", carry).toTensorArray((PtNDManager) readout)) {
            states.add(state.toFloatArray());
        }
        return states;
    }

    private static float[] column(float[] pairs, int column) {
        float[] values = new float[pairs.length / 2];
        for (int b = 0; b < values.length; b++) {
            values[b] = pairs[2 * b + column];
        }
        return values;
    }

    private IValue embed(IValues scope, NDManager batch, int[][] tokens, int[] identifiers) throws IOException {
        int length = tokens[0].length;
        int width = hyper.puzzleEmbNdim();
        long[] flat = flat(tokens, length);
        float[] rows = new float[tokens.length * width];
        for (int b = 0; b < tokens.length && width > 0; b++) {
            System.arraycopy(tensors.floatRow("puzzle_emb.weights", identifiers[b]), 0, rows, b * width, width);
        }
        return scope.run(
                frame.block(),
                "embed",
                weights.frame(),
                scope.add(IValue.from(HostArrays.longs(batch, flat, tokens.length, length))),
                scope.add(IValue.from(HostArrays.floats(batch, rows, tokens.length, width))),
                scope.add(IValue.from((long) hyper.puzzleEmbLen())));
    }

    /** Every token checked: an index outside a table is an error here, not a fault on the device. */
    private long[] flat(int[][] tokens, int length) {
        if (hyper.seqLen() > 0 && length != hyper.seqLen()) {
            throw new IllegalArgumentException(
                    "examples of " + length + " tokens; the checkpoint was made for " + hyper.seqLen());
        }
        long[] flat = new long[tokens.length * length];
        for (int b = 0; b < tokens.length; b++) {
            if (tokens[b].length != length) {
                throw new IllegalArgumentException(
                        "example " + b + " has " + tokens[b].length + " tokens, example 0 has " + length);
            }
            for (int i = 0; i < length; i++) {
                int token = tokens[b][i];
                if (token < 0 || token >= hyper.vocabSize()) {
                    throw new IllegalArgumentException("example " + b + ", cell " + i + ": token " + token
                            + ", the checkpoint's vocabulary is " + hyper.vocabSize());
                }
                flat[b * length + i] = token;
            }
        }
        return flat;
    }

    private IValue rope(IValues scope, int positions) {
        if (!hyper.posEncodings().equals("rope") || hyper.mlpT()) {
            return scope.add(IValue.listFrom(new PtNDArray[0]));
        }
        return scope.run(
                frame.block(),
                "rope",
                weights.frame(),
                scope.add(IValue.from((long) positions)),
                scope.add(IValue.from((long) (hyper.hiddenSize() / hyper.numHeads()))),
                scope.add(IValue.from(hyper.ropeTheta())));
    }

    @Override
    public void close() throws IOException {
        closeAll(owned);
    }

    /** The last first: weights before the manager and the file. */
    private static void closeAll(List<AutoCloseable> owned) throws IOException {
        for (int i = owned.size() - 1; i >= 0; i--) {
            try {
                owned.get(i).close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("cannot close the network: " + e.getMessage(), e);
            }
        }
        owned.clear();
    }
}
