package dev.trmarena.artifacts.checkpoint;

import java.util.List;

/** TRM: one network for both states. Also what its variants share. */
class TrmArchitecture extends Architecture {
    @Override
    String architecture() {
        return "trm";
    }

    @Override
    List<String> initialStates() {
        return List.of("H_init", "L_init");
    }

    @Override
    Schedule schedule(Settings settings) {
        // H_layers is in the configurations and ignored by the authors' code.
        return new Schedule(settings.count("H_cycles"), settings.count("L_cycles"), 0, settings.positive("L_layers"));
    }

    @Override
    int front(Settings settings, int ndim, int hiddenSize) {
        int length = settings.integer("puzzle_emb_len");
        return length != 0 ? length : ceilDiv(ndim, hiddenSize);
    }

    @Override
    boolean mlpT(Settings settings) {
        return settings.flag("mlp_t");
    }

    @Override
    String posEncodings(Settings settings, boolean mlpT) {
        return settings.oneOf("pos_encodings", "rope", "learned", "none");
    }
}
