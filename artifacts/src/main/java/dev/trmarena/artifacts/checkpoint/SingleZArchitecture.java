package dev.trmarena.artifacts.checkpoint;

import java.util.List;

/** TRM with one state instead of two. */
final class SingleZArchitecture extends TrmArchitecture {
    @Override
    String architecture() {
        return "trm_singlez";
    }

    @Override
    List<String> initialStates() {
        return List.of("L_init");
    }
}
