package dev.trmarena.artifacts.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The tensors of a tiny-recursive-model of lucidrains' with seeded weights, as its {@code state_dict} has them. */
final class SmallMixer {
    static final int D = 6;
    static final int V = 5;
    static final int L = 9;
    static final int K = 24;
    static final int C = 3;

    private SmallMixer() {}

    /** @param registers may be 0: the tensor is there all the same, without rows */
    static List<TestTensor> tensors(long seed, int registers, int depth) {
        var random = new Random(seed);
        int n = registers + L;
        var tensors = new ArrayList<TestTensor>();
        tensors.add(SmallTrm.floats(random, "output_init_embed", D));
        tensors.add(SmallTrm.floats(random, "latent_init_embed", D));
        tensors.add(SmallTrm.floats(random, "register_tokens", registers, D));
        tensors.add(SmallTrm.floats(random, "input_embed.weight", V, D));
        for (int i = 0; i < depth; i++) {
            String positions = "network." + i + ".0.";
            tensors.add(SmallTrm.floats(random, positions + "norm.weight", D));
            tensors.add(SmallTrm.floats(random, positions + "fn.0.weight", K, n, 1));
            tensors.add(SmallTrm.floats(random, positions + "fn.0.bias", K));
            tensors.add(SmallTrm.floats(random, positions + "fn.3.weight", n, K, 1));
            tensors.add(SmallTrm.floats(random, positions + "fn.3.bias", n));
            String channels = "network." + i + ".1.";
            tensors.add(SmallTrm.floats(random, channels + "norm.weight", D));
            tensors.add(SmallTrm.floats(random, channels + "fn.0.weight", C, D));
            tensors.add(SmallTrm.floats(random, channels + "fn.0.bias", C));
            tensors.add(SmallTrm.floats(random, channels + "fn.3.weight", D, C));
            tensors.add(SmallTrm.floats(random, channels + "fn.3.bias", D));
        }
        tensors.add(SmallTrm.floats(random, "network." + depth + ".weight", D));
        tensors.add(SmallTrm.floats(random, "to_pred.weight", V, D));
        tensors.add(SmallTrm.floats(random, "to_halt_pred.1.weight", 1, D));
        return tensors;
    }
}
