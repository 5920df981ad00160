package dev.trmarena.solver.model;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The weights of a network while they are trained, with what AdamATan2 keeps of each and their moving average: on the device, in float32. */
final class TrainedWeights implements AutoCloseable {
    private static final String WEIGHT = "weight.";
    private static final String FIRST_MOMENT = "adam_m.";
    private static final String SECOND_MOMENT = "adam_v.";
    private static final String AVERAGE = "average.";

    private final List<String> names;
    private final IValue weights;
    private final SafetensorsFile tensors;
    private final NDManager manager;
    private final ScriptModule optimizer;
    private final IValues lasting = IValues.recording();
    /** By kind; each begins at 0 when it is first asked for. */
    private final Map<String, IValue> moments = new HashMap<>();

    /**
     * @param names of the weights; an empty name stands for one that this network does not have
     * @param weights as many; they belong to whoever made them
     * @param tensors the checkpoint, for their shapes
     */
    TrainedWeights(List<String> names, IValue weights, SafetensorsFile tensors, NDManager manager) throws IOException {
        this.names = names;
        this.weights = weights;
        this.tensors = tensors;
        this.manager = manager;
        this.optimizer = ScriptModule.load("adam_atan2.torchscript", "AdamATan2", Kernels.GENERIC, Map.of());
    }

    /** As {@link TrainableNetwork#update}. @param gradients of all weights */
    void update(IValue gradients, int update, double rate, double weightDecay, double beta1, double beta2) {
        try (var scope = IValues.recording()) {
            scope.run(
                    optimizer.block(),
                    "update",
                    weights,
                    gradients,
                    moment(FIRST_MOMENT),
                    moment(SECOND_MOMENT),
                    scope.add(IValue.from(1 - rate * weightDecay)),
                    scope.add(IValue.from(1 - beta1)),
                    scope.add(IValue.from(1 - beta2)),
                    scope.add(IValue.from(rate / (1 - Math.pow(beta1, update)))),
                    scope.add(IValue.from(Math.sqrt(1 - Math.pow(beta2, update)))));
        }
    }

    void beginAverage() {
        moments.put(AVERAGE, lasting.run(optimizer.block(), "copies", weights));
    }

    void average(double rate) {
        try (var scope = IValues.recording()) {
            scope.run(optimizer.block(), "average", moment(AVERAGE), weights, scope.add(IValue.from(rate)));
        }
    }

    private IValue moment(String kind) {
        return moments.computeIfAbsent(kind, name -> lasting.run(optimizer.block(), "zeros", weights));
    }

    /** By name. */
    SortedMap<String, float[]> values(boolean averaged) {
        return named("", averaged ? moment(AVERAGE) : weights);
    }

    private SortedMap<String, float[]> named(String kind, IValue values) {
        var named = new TreeMap<String, float[]>();
        try (NDManager reading = manager.newSubManager()) {
            PtNDArray[] arrays = values.toTensorArray((PtNDManager) reading);
            for (int i = 0; i < arrays.length; i++) {
                if (!names.get(i).isEmpty()) {
                    named.put(kind + names.get(i), arrays[i].toFloatArray());
                }
            }
        }
        return named;
    }

    /** All that the next update depends on, by kind and name. */
    SortedMap<String, float[]> state() {
        SortedMap<String, float[]> state = named(WEIGHT, weights);
        moments.forEach((kind, values) -> state.putAll(named(kind, values)));
        return state;
    }

    /** What {@link #state} gave. @throws IllegalArgumentException when it is not of such weights */
    void restore(SortedMap<String, float[]> state) {
        set(weights, WEIGHT, state);
        for (String kind : List.of(FIRST_MOMENT, SECOND_MOMENT, AVERAGE)) {
            if (state.keySet().stream().anyMatch(name -> name.startsWith(kind))) {
                set(moment(kind), kind, state);
            }
        }
    }

    private void set(IValue values, String kind, SortedMap<String, float[]> state) {
        try (var scope = IValues.recording();
                NDManager loading = manager.newSubManager()) {
            var arrays = new ArrayList<PtNDArray>();
            for (String name : names) {
                if (name.isEmpty()) {
                    arrays.add(HostArrays.floats(loading, new float[0], 0));
                    continue;
                }
                float[] kept = state.get(kind + name);
                if (kept == null) {
                    throw new IllegalArgumentException("nothing was kept of " + name + ": it is of another adaptation");
                }
                arrays.add(HostArrays.floats(loading, kept, tensors.info(name).shape()));
            }
            IValue all = scope.add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
            scope.run(optimizer.block(), "set", values, all);
        }
    }

    @Override
    public void close() {
        lasting.close();
        optimizer.close();
    }
}
