package dev.trmarena.solver.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Any family, run by two TorchScripts of ours: {@code frame.torchscript} around the recursion and the family's own script. Of the puzzle
 * embedding only the rows of a batch are read.
 */
final class ScriptNetwork implements Network {
    private static final Pattern ATTRIBUTE = Pattern.compile("^  (\\w+) : ", Pattern.MULTILINE);

    private final HyperParameters hyper;
    private final Dtype dtype;
    private final Kernels kernels;
    private final boolean wholeBatch;
    private final NDManager manager;
    private final ScriptModule frame;
    private final ScriptModule recursion;
    private final Weights weights;
    private final int qOutputs;
    private final EmbeddingRows rows;
    private final List<AutoCloseable> owned;

    private ScriptNetwork(
            CheckpointManifest manifest,
            Device device,
            Dtype dtype,
            Kernels kernels,
            SafetensorsFile tensors,
            Scripts scripts,
            List<AutoCloseable> owned)
            throws IOException {
        Architecture architecture = manifest.architecture();
        this.hyper = manifest.hyperParameters();
        this.dtype = dtype;
        this.kernels = kernels;
        this.wholeBatch = device.isGpu();
        this.rows = identifier -> tensors.floatRow("puzzle_emb.weights", identifier);
        this.owned = owned;
        this.manager = own(NDManager.newBaseManager(device, "PyTorch"));
        Architecture.Ends ends = architecture.ends();
        this.frame = own(ScriptModule.load(
                scripts,
                "frame.torchscript",
                "Frame",
                kernels,
                ScriptModule.frame(dtype, ends.scaled(), ends.pooled())));
        this.qOutputs = ends.qOutputs();
        String script = architecture.key() + Scripts.ENDING;
        this.recursion =
                own(ScriptModule.load(scripts, script, "Recursion", kernels, attributes(hyper, scripts.read(script))));
        this.weights = own(Weights.load(architecture, hyper, dtype, tensors, manager, frame.block()));
    }

    /** The same network, whose parts are another one's. */
    private ScriptNetwork(ScriptNetwork other, EmbeddingRows rows) {
        this.hyper = other.hyper;
        this.dtype = other.dtype;
        this.kernels = other.kernels;
        this.wholeBatch = other.wholeBatch;
        this.manager = other.manager;
        this.frame = other.frame;
        this.recursion = other.recursion;
        this.weights = other.weights;
        this.qOutputs = other.qOutputs;
        this.rows = rows;
        this.owned = new ArrayList<>();
    }

    /** Whatever a script says it has, of what networks are told. */
    static Map<String, Object> attributes(HyperParameters hyper, String script) {
        var attributes = new HashMap<String, Object>();
        attributes.put("H_cycles", hyper.hCycles());
        attributes.put("L_cycles", hyper.lCycles());
        attributes.put("mlp_t", hyper.mlpT());
        attributes.put("convolved", hyper.convolution() != null);
        attributes.put("heads", hyper.numHeads());
        attributes.put("P", hyper.puzzleEmbLen());
        attributes.put("eps", hyper.rmsNormEps());
        attributes.keySet().retainAll(attributesOf(script));
        return attributes;
    }

    /** Names of what a script declares. */
    static Set<String> attributesOf(String script) {
        return ATTRIBUTE.matcher(script).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    static Network open(
            CheckpointManifest manifest, Path weights, Device device, Dtype dtype, Kernels kernels, Scripts scripts)
            throws IOException {
        var owned = new ArrayList<AutoCloseable>();
        try {
            SafetensorsFile tensors = SafetensorsFile.open(weights);
            owned.add(tensors);
            return new ScriptNetwork(manifest, device, dtype, kernels, tensors, scripts, owned);
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
    public Network withRows(EmbeddingRows others) {
        return new ScriptNetwork(this, others);
    }

    @Override
    public void run(
            int[][] tokens,
            int[] identifiers,
            int[] firsts,
            Schedule schedule,
            StepOutputs extras,
            Consumer<StepResult> each)
            throws IOException {
        int rowCount = tokens.length;
        if (rowCount == 0 || tokens[0].length == 0 || rowCount != identifiers.length) {
            throw new IllegalArgumentException(
                    "a batch of " + rowCount + " examples and " + identifiers.length + " identifiers");
        }
        long[] flat = CheckTokens.flat(tokens, hyper);
        // A setting of the thread; with it libtorch would compile and profile what runs a few times only.
        JniUtils.setGraphExecutorOptimize(false);
        var halting = new Halting(rowCount, schedule, hyper);
        try (var scope = new IValues();
                NDManager batch = manager.newSubManager()) {
            IValue rope = Positions.of(hyper, tokens[0].length, scope, frame.block(), weights.frame());
            List<BatchSlice> all = rows(scope, batch, flat, identifiers, wholeBatch ? new int[] {0} : firsts);
            var q = new float[qOutputs * rowCount];
            var answer = new int[0];
            var logits = new float[0];
            boolean last = false;
            for (int step = 1; !last; step++) {
                // New arrays for every result; where a row has halted for good, what it gave last stands on.
                q = q.clone();
                for (BatchSlice rows : all) {
                    improve(scope, batch, rows, rope, q);
                }
                float[] qHalt = column(q, 0);
                float[] qContinue = column(q, 1);
                last = halting.after(qHalt, qContinue);
                boolean shows = extras.answerOf(step, last);
                boolean showsLogits = extras.logitsOf(step, last);
                boolean leaves = halting.leave() && halting.any();
                if (shows || leaves) {
                    boolean reads = showsLogits || leaves && extras.logitsFrom(step, schedule.steps());
                    answer = answer.length == 0 ? new int[flat.length] : answer.clone();
                    logits = reads ? Arrays.copyOf(logits, flat.length * hyper.vocabSize()) : logits;
                    for (BatchSlice rows : all) {
                        readOut(batch, rows, answer, reads ? logits : new float[0]);
                    }
                }
                List<float[]> carry = extras.carry().test(step) ? shown(batch, all) : List.of();
                each.accept(new StepResult(
                        step,
                        last,
                        halting.steps(),
                        halting.going(),
                        shows ? answer : new int[0],
                        showsLogits ? logits : new float[0],
                        qHalt,
                        qContinue,
                        carry));
                if (!last && halting.any()) {
                    onHalting(scope, batch, all, halting);
                }
            }
        }
    }

    /** Rows that halted leave, or begin again. */
    private void onHalting(IValues scope, NDManager batch, List<BatchSlice> all, Halting halting) {
        boolean[] halted = halting.halted();
        for (BatchSlice rows : all) {
            if (halting.leave()) {
                keep(scope, batch, rows, rows.going(halted));
            } else {
                reset(scope, batch, rows, rows.of(halted));
            }
        }
        all.removeIf(rows -> rows.count() == 0);
    }

    private List<BatchSlice> rows(IValues scope, NDManager batch, long[] flat, int[] identifiers, int[] firsts)
            throws IOException {
        int length = flat.length / identifiers.length;
        int[] ends = BatchSlice.ends(firsts, identifiers.length, kernels.rowsTogether(hyper.puzzleEmbLen() + length));
        var all = new ArrayList<BatchSlice>();
        int first = 0;
        for (int end : ends) {
            IValue e = embed(
                    scope,
                    batch,
                    Arrays.copyOfRange(flat, first * length, end * length),
                    Arrays.copyOfRange(identifiers, first, end));
            IValue carry = scope.run(frame.block(), "empty_carry", weights.states(), e);
            all.add(new BatchSlice(first, end - first, e, carry));
            first = end;
        }
        return all;
    }

    private void improve(IValues scope, NDManager batch, BatchSlice rows, IValue rope, float[] q) {
        rows.carry = scope.replace(
                rows.carry,
                IValueUtils.runMethod(recursion.block(), "step", weights.levels(), rows.carry, rows.e, rope));
        try (var outputs = new IValues();
                NDManager readout = batch.newSubManager()) {
            float[] part = outputs.run(frame.block(), "q", weights.frame(), rows.carry)
                    .toTensor((PtNDManager) readout)
                    .toFloatArray();
            rows.spread(part, q, qOutputs);
        }
    }

    private void readOut(NDManager batch, BatchSlice rows, int[] answer, float[] logits) {
        try (var outputs = new IValues();
                NDManager readout = batch.newSubManager()) {
            IValue prefix = outputs.add(IValue.from((long) hyper.puzzleEmbLen()));
            PtNDArray[] both = outputs.run(frame.block(), "answer", weights.frame(), rows.carry, prefix)
                    .toTensorArray((PtNDManager) readout);
            int[] tokens = both[0].toIntArray();
            int length = tokens.length / rows.count();
            rows.spread(tokens, answer, length);
            if (logits.length > 0) {
                rows.spread(both[1].toFloatArray(), logits, length * hyper.vocabSize());
            }
        }
    }

    private void reset(IValues scope, NDManager batch, BatchSlice rows, boolean[] halted) {
        try (var arguments = new IValues();
                NDManager masks = batch.newSubManager()) {
            IValue mask = arguments.add(IValue.from(HostArrays.booleans(masks, halted)));
            rows.carry = scope.replace(
                    rows.carry,
                    IValueUtils.runMethod(frame.block(), "reset_carry", rows.carry, weights.states(), mask));
        }
    }

    private void keep(IValues scope, NDManager batch, BatchSlice rows, long[] going) {
        if (going.length == rows.count()) {
            return;
        }
        if (going.length == 0) {
            rows.keep(going, rows.e, rows.carry);
            return;
        }
        try (var arguments = new IValues();
                NDManager indexes = batch.newSubManager()) {
            IValue index = arguments.add(IValue.from(HostArrays.longs(indexes, going, going.length)));
            IValue e = IValueUtils.runMethod(frame.block(), "picked", rows.e, index);
            IValue carry = IValueUtils.runMethod(frame.block(), "kept", rows.carry, index);
            rows.keep(going, scope.replace(rows.e, e), scope.replace(rows.carry, carry));
        }
    }

    /** The states of all rows that have not left, one array for each state. */
    private List<float[]> shown(NDManager batch, List<BatchSlice> all) {
        var states = new ArrayList<float[]>();
        for (BatchSlice rows : all) {
            try (var outputs = new IValues();
                    NDManager readout = batch.newSubManager()) {
                PtNDArray[] part =
                        outputs.run(frame.block(), "shown", rows.carry).toTensorArray((PtNDManager) readout);
                for (int i = 0; i < part.length; i++) {
                    float[] values = part[i].toFloatArray();
                    if (rows == all.get(0)) {
                        states.add(values);
                    } else {
                        states.set(i, BatchSlice.joined(states.get(i), values));
                    }
                }
            }
        }
        return states;
    }

    /** What a network has no output for is NaN. */
    private float[] column(float[] q, int column) {
        float[] values = new float[q.length / qOutputs];
        for (int b = 0; b < values.length; b++) {
            values[b] = column < qOutputs ? q[qOutputs * b + column] : Float.NaN;
        }
        return values;
    }

    private IValue embed(IValues scope, NDManager batch, long[] tokens, int[] identifiers) throws IOException {
        int width = hyper.puzzleEmbNdim();
        float[] given = new float[identifiers.length * width];
        for (int b = 0; b < identifiers.length && width > 0; b++) {
            System.arraycopy(rows.row(identifiers[b]), 0, given, b * width, width);
        }
        int count = identifiers.length;
        return scope.run(
                frame.block(),
                "input_embeddings",
                weights.frame(),
                scope.add(IValue.from(HostArrays.longs(batch, tokens, count, tokens.length / count))),
                scope.add(IValue.from(HostArrays.floats(batch, given, count, width))),
                scope.add(IValue.from((long) hyper.puzzleEmbLen())));
    }

    @Override
    public void close() throws IOException {
        closeAll(owned);
    }

    /** The last first: weights before the manager and the file. */
    static void closeAll(List<AutoCloseable> owned) throws IOException {
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
