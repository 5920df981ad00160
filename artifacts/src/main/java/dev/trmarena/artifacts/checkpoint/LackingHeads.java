package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.TensorType;
import java.util.SortedMap;

/** What stands for the heads that a file lacks; each is told of in a note, and one is asked about. */
final class LackingHeads {
    static final String TIED = "tied_head";

    private static final String HEAD = "lm_head.weight";
    private static final String EMBEDDING = "embed_tokens.embedding_weight";
    private static final String Q_WEIGHT = "q_head.weight";
    private static final String Q_BIAS = "q_head.bias";

    private LackingHeads() {}

    /**
     * @param file the checkpoint's name, for messages
     * @param tensors by their own names; gets what was lacking
     * @param sharedOnce whether its format keeps one of tensors that share their values, as that of safetensors does
     * @throws BadCheckpoint when the head is missing, and nobody said that it is the embedding
     */
    static void complete(String file, SortedMap<String, TorchTensor> tensors, Settings settings, boolean sharedOnce) {
        TorchTensor embedding = tensors.get(EMBEDDING);
        if (embedding == null || embedding.shape().length != 2) {
            return;
        }
        if (!tensors.containsKey(HEAD)) {
            boolean said = settings.isSaid(TIED);
            if (said ? !settings.flag(TIED) : !sharedOnce) {
                throw asked(file, settings, said);
            }
            tensors.put(HEAD, embedding.as(HEAD));
            settings.note(HEAD + ": not in the file; the head is tied, and is " + EMBEDDING);
        }
        if (!tensors.containsKey(Q_WEIGHT) && !tensors.containsKey(Q_BIAS)) {
            tensors.put(
                    Q_WEIGHT,
                    TorchTensor.zeros(Q_WEIGHT, TensorType.F32, 2, embedding.shape()[1]));
            tensors.put(Q_BIAS, TorchTensor.zeros(Q_BIAS, TensorType.F32, 2));
            settings.note(
                    "q_head: not in the file; its logits are 0, votes rank by their number alone, and how sure the network is nobody knows");
        }
    }

    private static BadCheckpoint asked(String file, Settings settings, boolean said) {
        String problem = "it is missing" + (said ? ", and the head is said not to be tied" : ": a tied head?");
        return BadCheckpoint.asks(
                file,
                "tensor " + HEAD,
                problem,
                "If the network reads its answers by the embedding of the tokens, say so: --set tied_head=true; through the API,"
                        + " 'tied_head' among the hyperParameters. Otherwise save the head, too.",
                TIED,
                settings.known());
    }
}
