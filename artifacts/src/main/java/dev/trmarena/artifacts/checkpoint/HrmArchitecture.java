package dev.trmarena.artifacts.checkpoint;

import java.util.List;

/** HRM, of its own repository and of TRM's: a network for each of the two states. */
final class HrmArchitecture extends Architecture {
    @Override
    String architecture() {
        return "hrm";
    }

    @Override
    List<String> initialStates() {
        return List.of("H_init", "L_init");
    }

    @Override
    Schedule schedule(Settings settings) {
        return new Schedule(
                settings.count("H_cycles"),
                settings.count("L_cycles"),
                settings.positive("H_layers"),
                settings.positive("L_layers"));
    }

    /** {@code puzzle_emb_len} has no say here. */
    @Override
    int front(Settings settings, int ndim, int hiddenSize) {
        return ceilDiv(ndim, hiddenSize);
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
