package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The tensors of a TRM of 28 kB with seeded weights, and its settings. */
final class SmallTrm {
    static final int D = 8;
    static final int V = 5;
    static final int N = 3;

    static final Map<String, String> SETTINGS = Map.of(
            "num_heads", "2",
            "H_cycles", "2",
            "L_cycles", "3",
            "halt_max_steps", "4",
            "pos_encodings", "rope",
            "puzzle_emb_len", "2",
            "forward_dtype", "float32");

    private SmallTrm() {}

    static List<TestTensor> tensors(long seed) {
        var random = new Random(seed);
        var tensors = new ArrayList<TestTensor>();
        tensors.add(floats(random, "H_init", D));
        tensors.add(floats(random, "L_init", D));
        tensors.add(floats(random, "embed_tokens.embedding_weight", V, D));
        tensors.add(floats(random, "puzzle_emb.weights", N, D));
        tensors.add(floats(random, "lm_head.weight", V, D));
        tensors.add(floats(random, "q_head.weight", 2, D));
        tensors.add(floats(random, "q_head.bias", 2));
        String layer = "L_level.layers.0.";
        tensors.add(floats(random, layer + "self_attn.qkv_proj.weight", 3 * D, D));
        tensors.add(floats(random, layer + "self_attn.o_proj.weight", D, D));
        tensors.add(floats(random, layer + "mlp.gate_up_proj.weight", 512, D));
        tensors.add(floats(random, layer + "mlp.down_proj.weight", D, 256));
        return tensors;
    }

    /** {@link #SETTINGS} and what the tensors tell, as the trainer would have written it. */
    static String yaml() {
        return """
                arch:
                  name: recursive_reasoning.trm@TinyRecursiveReasoningModel_ACTV1
                  hidden_size: 8
                  num_heads: 2
                  expansion: 4
                  H_cycles: 2
                  L_cycles: 3
                  H_layers: 0
                  L_layers: 1
                  halt_max_steps: 4
                  mlp_t: false
                  pos_encodings: rope
                  puzzle_emb_ndim: 8
                  puzzle_emb_len: 2
                  forward_dtype: float32
                project_name: small
                """;
    }

    static TestTensor floats(Random random, String name, int... shape) {
        int count = 1;
        long[] sizes = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            count *= shape[i];
            sizes[i] = shape[i];
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((float) random.nextGaussian());
        }
        return TestTensor.whole(name, TensorType.F32, bytes.array(), sizes);
    }
}
