package dev.trmarena.artifacts.checkpoint;

import java.util.List;

/** The authors' transformer baseline: one level, one pass in a step, always attention. */
final class TransformerArchitecture extends Architecture {
    @Override
    String architecture() {
        return "transformer";
    }

    @Override
    List<String> initialStates() {
        return List.of("H_init");
    }

    @Override
    Schedule schedule(Settings settings) {
        // H_cycles is in the configurations "for compatibility" and not used.
        return new Schedule(1, 0, settings.positive("H_layers"), 0);
    }

    /** {@code puzzle_emb_len} has no say here. */
    @Override
    int front(Settings settings, int ndim, int hiddenSize) {
        return ceilDiv(ndim, hiddenSize);
    }

    @Override
    boolean mlpT(Settings settings) {
        return false;
    }

    @Override
    String posEncodings(Settings settings, boolean mlpT) {
        return settings.oneOf("pos_encodings", "rope", "learned");
    }

    @Override
    boolean actInference(Settings settings) {
        return settings.flag("act_inference");
    }
}
