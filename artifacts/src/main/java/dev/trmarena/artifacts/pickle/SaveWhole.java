package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.pickle.Node.Global;
import dev.trmarena.artifacts.pickle.Node.Opaque;
import java.util.stream.Stream;

/** What to do about weights that a trainer saved in pieces, or in a type that holds them only with what lies beside: a line where they were trained. */
public final class SaveWhole {
    /** Of what several processes have a part each. */
    public static final String GATHER =
            "Gather it first: get_model_state_dict(model, options=StateDictOptions(full_state_dict=True, cpu_offload=True)) of"
                    + " torch.distributed.checkpoint.state_dict, then torch.save.";

    /** Of types with fewer bits than are run. */
    public static final String WIDEN =
            "Save a full state dict: torch.save({name: value.to(torch.bfloat16) for name, value in model.state_dict().items()}, file);"
                    + " of torchao's tensors value.dequantize().";

    private static final String ALONE = "Save the weights alone: torch.save(model.state_dict(), file).";

    private SaveWhole() {}

    /** What to do about an object that stands in the place of a tensor. */
    static String remedy(Opaque object) {
        return Stream.concat(
                        Stream.of(object.of()),
                        object.parts().stream().filter(Global.class::isInstance).map(Global.class::cast))
                .map(SaveWhole::remedy)
                .filter(remedy -> !remedy.equals(ALONE))
                .findFirst()
                .orElse(ALONE);
    }

    static String remedy(Global global) {
        if (global.module().startsWith("torch.distributed")) {
            return GATHER;
        }
        boolean narrow = global.module().equals("torch") && global.name().startsWith("float8")
                || global.module().startsWith("torchao");
        return narrow ? WIDEN : ALONE;
    }
}
