package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.checkpoint.Architecture.Ends;
import dev.trmarena.artifacts.checkpoint.Architecture.Reads;
import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.TensorType;
import java.util.SortedMap;

/** What stands for the heads that a file lacks; each is told of in a note, and one is asked about. */
final class LackingHeads {
    static final String TIED = "tied_head";

    private LackingHeads() {}

    /**
     * @param file the checkpoint's name, for messages
     * @param tensors by their own names; gets what was lacking
     * @param sharedOnce whether its format keeps one of tensors that share their values, as that of safetensors does
     * @throws BadCheckpoint when the head is missing, and nobody said that it is the embedding
     */
    static void complete(
            String file,
            Architecture architecture,
            SortedMap<String, TorchTensor> tensors,
            Settings settings,
            boolean sharedOnce) {
        Ends ends = architecture.ends();
        TorchTensor embedding = tensors.get(ends.embedding());
        if (embedding == null || embedding.shape().length != 2) {
            return;
        }
        String head = ends.head();
        if (!tensors.containsKey(head)) {
            boolean said = settings.isSaid(TIED);
            if (said ? !settings.flag(TIED) : !sharedOnce) {
                throw asked(file, head, settings, said);
            }
            tensors.put(head, embedding.as(head));
            settings.note(head + ": not in the file; the head is tied, and is " + ends.embedding());
        }
        if (!haltsByIt(architecture, settings)
                && !tensors.containsKey(ends.qHead())
                && !tensors.containsKey(ends.qBias())) {
            long width = embedding.shape()[1];
            tensors.put(ends.qHead(), TorchTensor.zeros(ends.qHead(), TensorType.F32, ends.qOutputs(), width));
            tensors.put(ends.qBias(), TorchTensor.zeros(ends.qBias(), TensorType.F32, ends.qOutputs()));
            settings.note(
                    "q_head: not in the file; its logits are 0, votes rank by their number alone, and how sure the network is nobody knows");
        }
    }

    /** Whether answers depend on what the head for halting says; nothing stands for it then: at logits of 0 all would halt, or none. */
    private static boolean haltsByIt(Architecture architecture, Settings settings) {
        return architecture.reads(Reads.HALT_PROB_THRES)
                || architecture.reads(Reads.ACT_INFERENCE)
                        && settings.isSaid("act_inference")
                        && settings.flag("act_inference");
    }

    private static BadCheckpoint asked(String file, String head, Settings settings, boolean said) {
        String problem = "it is missing" + (said ? ", and the head is said not to be tied" : ": a tied head?");
        return BadCheckpoint.asks(
                file,
                "tensor " + head,
                problem,
                "If the network reads its answers by the embedding of the tokens, say so: --set tied_head=true; through the API,"
                        + " 'tied_head' among the hyperParameters. Otherwise save the head, too.",
                TIED,
                settings.known());
    }
}
