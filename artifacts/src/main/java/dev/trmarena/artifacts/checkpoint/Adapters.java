package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank adapters that were saved beside the weights instead of in them: W + α/r · B A takes the place of W, where somebody says what α is.
 *
 * <p>Source: E. Hu and others, "LoRA: Low-Rank Adaptation of Large Language Models", arXiv 2106.09685, section 4.1.
 */
final class Adapters {
    static final String ALPHA = "lora_alpha";

    private static final String FORMULA = "weight + alpha / rank * lora_B @ lora_A";
    private static final Pattern NAME = Pattern.compile("(.+?)[._]+lora_([AB])(?:\\..*)?");

    /**
     * @param a r × in
     * @param b out × r
     * @param scale α/r
     */
    record Adapter(TorchTensor a, TorchTensor b, double scale) {}

    private final String file;
    private final SortedMap<String, TorchTensor> tensors;
    private final Settings settings;

    private Adapters(String file, SortedMap<String, TorchTensor> tensors, Settings settings) {
        this.file = file;
        this.tensors = tensors;
        this.settings = settings;
    }

    /**
     * Takes the adapters out of the tensors.
     *
     * @param file the checkpoint's name, for messages
     * @param tensors by their own names
     * @return by the name of the weight that each is to be added to
     * @throws BadCheckpoint with the formula, when nobody says what α is, or an adapter fits no weight
     */
    static Map<String, Adapter> take(String file, SortedMap<String, TorchTensor> tensors, Settings settings) {
        return new Adapters(file, tensors, settings).take();
    }

    private Map<String, Adapter> take() {
        var halves = new TreeMap<String, TorchTensor[]>();
        for (String name : List.copyOf(tensors.keySet())) {
            Matcher half = NAME.matcher(name);
            if (half.matches()) {
                TorchTensor tensor = tensors.remove(name);
                halves.computeIfAbsent(half.group(1), base -> new TorchTensor[2])["AB".indexOf(half.group(2))] = tensor;
            }
        }
        if (halves.isEmpty()) {
            return Map.of();
        }
        if (!settings.isSaid(ALPHA)) {
            throw BadCheckpoint.asks(
                    file,
                    "tensor " + Quote.of(halves.firstKey()) + " with lora_A, lora_B",
                    "it has an adapter (LoRA) that is not merged into it",
                    "Say what alpha is: --set lora_alpha=16 (through the API, 'lora_alpha' among the hyperParameters). Or save the"
                            + " merged weights: " + FORMULA + "; peft makes them by merge_and_unload().",
                    ALPHA,
                    settings.known());
        }
        double alpha = settings.real(ALPHA);
        var adapters = new TreeMap<String, Adapter>();
        halves.forEach((base, half) -> adapters.put(weight(base), adapter(base, half[0], half[1], alpha)));
        settings.note(adapters.size() + " adapters (LoRA) are merged: " + FORMULA + ", alpha " + alpha);
        return adapters;
    }

    /** @return the name that the network has for it */
    private String weight(String base) {
        return tensors.containsKey(base) ? base : base + ".weight";
    }

    private Adapter adapter(String base, @Nullable TorchTensor a, @Nullable TorchTensor b, double alpha) {
        TorchTensor weight = tensors.get(weight(base));
        if (a == null || b == null || weight == null) {
            throw misfit(base, "it is not whole: a weight, its lora_A and its lora_B were expected");
        }
        long[] of = weight.shape();
        boolean fits = of.length == 2
                && a.shape().length == 2
                && a.shape()[0] > 0
                && Arrays.equals(a.shape(), new long[] {a.shape()[0], of[1]})
                && Arrays.equals(b.shape(), new long[] {of[0], a.shape()[0]});
        if (!fits) {
            throw misfit(
                    base,
                    "its lora_A " + Arrays.toString(a.shape()) + " and lora_B " + Arrays.toString(b.shape())
                            + " do not fit the weight " + Arrays.toString(of));
        }
        for (TorchTensor tensor : List.of(a, b, weight)) {
            if (tensor.type() != TensorType.F32) {
                throw misfit(base, "its type is " + tensor.type() + ", adapters are merged in F32");
            }
        }
        long rank = a.shape()[0];
        long most = Math.max(weight.elements(), Math.max(a.elements(), b.elements()));
        if (rank > ReadLimits.ADAPTER_RANK || most > ReadLimits.ADAPTER_VALUES) {
            throw misfit(
                    base,
                    "its rank is " + rank + " and the largest of its tensors has " + most + " values; at most "
                            + ReadLimits.ADAPTER_RANK + " and " + ReadLimits.ADAPTER_VALUES + " are merged");
        }
        return new Adapter(a, b, alpha / rank);
    }

    private BadCheckpoint misfit(String base, String problem) {
        return new BadCheckpoint(
                file, "adapter of " + Quote.of(base), problem, "Save the merged weights: " + FORMULA + ".");
    }
}
