package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network whose improvement steps are differentiated, by {@code supervision.torchscript}: to the rows of the puzzle embedding, and
 * to the weights where these are trained. It holds the weights and the carry of its slots on the device; rows come in with each
 * step. Kernels are the generic ones, which libtorch differentiates. Not for several threads at once.
 *
 * <p>What a step recorded is freed before it returns, so that memory is that of one step, however many there are.
 */
public final class TrainableNetwork implements AutoCloseable {
    private static final String CARRY = "carry.";

    private final HyperParameters hyper;
    private final Dtype dtype;
    private final boolean continues;
    private final SafetensorsFile tensors;
    private final List<String> names;
    private final NDManager manager;
    private final ScriptModule frame;
    private final ScriptModule supervision;
    private final IValues lasting = IValues.recording();
    private final IValue weights;
    private final IValue ends;
    private final IValue vectors;
    /** Null where the weights are frozen. */
    private final @Nullable TrainedWeights trained;

    private IValue carry;
    private @Nullable IValue gradients;
    private final List<AutoCloseable> owned;

    private TrainableNetwork(
            CheckpointManifest manifest,
            SafetensorsFile tensors,
            Dtype dtype,
            boolean trainsWeights,
            Device device,
            List<AutoCloseable> owned)
            throws IOException {
        Architecture architecture = manifest.architecture();
        this.hyper = manifest.hyperParameters();
        this.dtype = dtype;
        this.continues = architecture == Architecture.HRM && hyper.haltMaxSteps() > 1;
        this.tensors = tensors;
        this.owned = owned;
        FreedMemory.keep();
        this.manager = NDManager.newBaseManager(device, "PyTorch");
        owned.add(manager);
        Map<String, Object> framed = ScriptModule.frame(
                dtype, architecture.ends().scaled(), architecture.ends().pooled());
        this.frame = ScriptModule.load("frame.torchscript", "Frame", Kernels.GENERIC, framed);
        owned.add(frame);
        String script = architecture.key() + Scripts.ENDING;
        this.supervision = ScriptModule.load(
                List.of("frame.torchscript", script, "supervision.torchscript"),
                "Supervision",
                Kernels.GENERIC,
                attributes(architecture, hyper, framed, trainsWeights));
        owned.add(supervision);
        owned.add(lasting);
        var all = new ArrayList<>(Weights.ofFrame(architecture.ends(), hyper));
        var levels = new ArrayList<>(List.of((long) all.size()));
        for (Architecture.Level level : architecture.levels()) {
            all.addAll(Weights.ofLevel(level, hyper));
            levels.add((long) all.size());
        }
        this.names = List.copyOf(all);
        this.ends = lasting.add(
                IValue.listFrom(levels.stream().mapToLong(Long::longValue).toArray()));
        // Weights that are trained are float32 and cast in each step, as the authors do; others are cast once.
        this.weights = load(names, trainsWeights ? Dtype.FLOAT32 : dtype);
        this.trained = trainsWeights ? new TrainedWeights(names, weights, tensors, manager) : null;
        if (trained != null) {
            owned.add(trained);
        }
        this.vectors = load(architecture.initialStates(), dtype);
        this.carry = lasting.add(IValue.listFrom(new PtNDArray[0]));
    }

    /**
     * @param weights the canonical safetensors that the manifest speaks of
     * @param dtype what to compute in; null for the checkpoint's own {@code forward_dtype}
     * @param trainsWeights whether the weights are trained, too
     * @throws IllegalArgumentException when nobody knows how such a network is trained
     */
    public static TrainableNetwork open(
            CheckpointManifest manifest, Path weights, @Nullable Dtype dtype, boolean trainsWeights)
            throws IOException {
        if (!manifest.architecture().trains()) {
            throw new IllegalArgumentException(
                    "networks of " + manifest.architecture().key()
                            + " are not trained here; those of trm, trm_singlez, trm_hier6, hrm and transformer are");
        }
        Dtype computed =
                dtype != null ? dtype : Dtype.of(manifest.hyperParameters().forwardDtype());
        var owned = new ArrayList<AutoCloseable>();
        try {
            SafetensorsFile tensors = SafetensorsFile.open(weights);
            owned.add(tensors);
            return new TrainableNetwork(manifest, tensors, computed, trainsWeights, Networks.device(), owned);
        } catch (IOException | RuntimeException e) {
            ScriptNetwork.closeAll(owned);
            throw new IOException("cannot load the network: " + e.getMessage(), e);
        }
    }

    /** Where recording begins is said by three objects of a family's recursion, which differ in their cycles. */
    static Map<String, Object> attributes(
            Architecture architecture, HyperParameters hyper, Map<String, Object> frame, boolean trainsWeights)
            throws IOException {
        String text = Scripts.OURS.read(architecture.key() + Scripts.ENDING);
        Function<HyperParameters, ScriptModule.Part> recursion =
                cycles -> new ScriptModule.Part("Recursion", ScriptNetwork.attributes(cycles, text));
        boolean hrm = architecture == Architecture.HRM;
        var attributes = new HashMap<String, Object>();
        attributes.put("frame", new ScriptModule.Part("Frame", frame));
        attributes.put("before", recursion.apply(hyper.withCycles(hyper.hCycles() - 1, hyper.lCycles())));
        attributes.put("low", recursion.apply(hyper.withCycles(1, hyper.lCycles() - 1)));
        attributes.put("last", recursion.apply(hyper.withCycles(1, hrm ? 1 : hyper.lCycles())));
        attributes.put("has_before", architecture.hasCycles());
        attributes.put("has_low", hrm && hyper.lCycles() > 1);
        attributes.put("P", hyper.puzzleEmbLen());
        attributes.put("trains_weights", trainsWeights);
        return attributes;
    }

    /** An empty name stands for a tensor that this network does not have. */
    private IValue load(List<String> names, Dtype type) throws IOException {
        try (NDManager loading = manager.newSubManager();
                var scope = IValues.recording()) {
            var arrays = new ArrayList<PtNDArray>();
            for (String name : names) {
                arrays.add(
                        name.isEmpty()
                                ? HostArrays.floats(loading, new float[0], 0)
                                : HostArrays.floats(loading, tensors, name));
            }
            long number = ScriptModule.number(type);
            IValue dtypes = scope.add(
                    IValue.listFrom(names.stream().mapToLong(each -> number).toArray()));
            IValue raw = scope.add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
            return lasting.run(frame.block(), "pack", raw, dtypes);
        }
    }

    public HyperParameters hyperParameters() {
        return hyper;
    }

    /** What it computes in. */
    public Dtype dtype() {
        return dtype;
    }

    /** The checkpoint that it began with. */
    public SafetensorsFile tensors() {
        return tensors;
    }

    /**
     * One improvement step of all slots.
     *
     * @param tokens B examples of L tokens
     * @param labels B·L; −100 where a token is not to be learnt
     * @param began slots whose states begin anew; all of them in the first step
     * @param last slots that take no step after this one
     * @param rows B rows of the puzzle embedding, one after the other
     * @param examples by which the loss is divided before it is differentiated
     */
    public Improved improve(
            int[][] tokens, int[][] labels, boolean[] began, boolean[] last, float[] rows, int examples) {
        int slots = tokens.length;
        JniUtils.setGraphExecutorOptimize(false);
        dropGradients();
        try (var scope = IValues.recording();
                NDManager batch = manager.newSubManager()) {
            long[] flat = CheckTokens.flat(tokens, hyper);
            IValue[] arguments = {
                weights,
                ends,
                vectors,
                carry,
                scope.add(IValue.from(HostArrays.booleans(batch, began))),
                scope.add(IValue.from(HostArrays.longs(batch, flat, slots, tokens[0].length))),
                scope.add(IValue.from(HostArrays.longs(
                        batch, CheckTokens.labels(labels, tokens[0].length, hyper), slots, tokens[0].length))),
                scope.add(IValue.from(HostArrays.floats(batch, rows, slots, hyper.puzzleEmbNdim()))),
                Positions.of(hyper, tokens[0].length, scope, frame.block(), weights),
                scope.add(IValue.from(HostArrays.booleans(batch, continues ? last : new boolean[0]))),
                scope.add(IValue.from(1.0 / examples))
            };
            IValue[] parts = scope.run(supervision.block(), "step", arguments).toIValueArray();
            scope.add(parts[0]);
            carry = lasting.replace(carry, parts[1]);
            gradients = parts[2];
            return read(parts[0].toTensorArray((PtNDManager) batch));
        }
    }

    private Improved read(PtNDArray[] results) {
        double[] losses = results[0].toDoubleArray();
        float[] q = results[1].toFloatArray();
        float[] qHalt = new float[q.length / 2];
        float[] qContinue = new float[q.length / 2];
        for (int b = 0; b < qHalt.length; b++) {
            qHalt[b] = q[2 * b];
            qContinue[b] = q[2 * b + 1];
        }
        return new Improved(
                losses[0],
                losses[1],
                losses[2],
                continues ? losses[3] : null,
                qHalt,
                qContinue,
                results[3].toFloatArray(),
                results[2].toFloatArray());
    }

    /**
     * Changes the weights by the gradients of the last step: AdamATan2.
     *
     * @param update from 1
     * @param rate of this update
     */
    public void update(int update, double rate, double weightDecay, double beta1, double beta2) {
        if (gradients == null) {
            throw new IllegalStateException("there is no step to learn from");
        }
        trained().update(gradients, update, rate, weightDecay, beta1, beta2);
        dropGradients();
    }

    /** Begins the average of the weights at what they are now. */
    public void beginAverage() {
        trained().beginAverage();
    }

    /** Moves the average towards the weights. @param rate how much of it stays */
    public void average(double rate) {
        trained().average(rate);
    }

    private TrainedWeights trained() {
        if (trained == null) {
            throw new IllegalStateException("the weights are frozen");
        }
        return trained;
    }

    /** The weights now, or their average, by name; first states and rows are in {@link #tensors}, and so are weights that are not trained. */
    public SortedMap<String, float[]> weights(boolean averaged) throws IOException {
        if (trained != null) {
            return trained.values(averaged);
        }
        var stored = new TreeMap<String, float[]>();
        for (String name : names) {
            if (!name.isEmpty()) {
                stored.put(name, tensors.floats(name));
            }
        }
        return stored;
    }

    /** All that the next step depends on beside what comes with it: the carry, and of weights that are trained all that is kept of them. */
    public SortedMap<String, float[]> state() {
        var state = new TreeMap<String, float[]>();
        try (var scope = IValues.recording();
                NDManager reading = manager.newSubManager()) {
            PtNDArray[] states = scope.run(frame.block(), "shown", carry).toTensorArray((PtNDManager) reading);
            for (int i = 0; i < states.length; i++) {
                state.put(CARRY + i, states[i].toFloatArray());
            }
        }
        if (trained != null) {
            state.putAll(trained.state());
        }
        return state;
    }

    /** What {@link #state} gave, of a network that was opened likewise. @param slots B @param length L */
    public void restore(SortedMap<String, float[]> state, int slots, int length) throws IOException {
        dropGradients();
        try (var scope = IValues.recording();
                NDManager loading = manager.newSubManager()) {
            var states = new ArrayList<PtNDArray>();
            for (float[] values = state.get(CARRY + 0); values != null; values = state.get(CARRY + states.size())) {
                int positions = hyper.puzzleEmbLen() + length;
                states.add(HostArrays.floats(loading, values, slots, positions, hyper.hiddenSize()));
            }
            IValue kept = scope.add(IValue.listFrom(states.toArray(PtNDArray[]::new)));
            carry = lasting.replace(carry, lasting.run(supervision.block(), "restored", kept));
            if (trained != null) {
                trained.restore(state);
            }
        }
    }

    private void dropGradients() {
        if (gradients != null) {
            gradients.close();
            gradients = null;
        }
    }

    @Override
    public void close() throws IOException {
        dropGradients();
        ScriptNetwork.closeAll(owned);
    }
}
