package dev.trmarena.artifacts.checkpoint;

import java.util.List;

/** TRM with six low states, each of which has its turn once in a cycle. */
final class Hier6Architecture extends TrmArchitecture {
    private static final int LOW_STATES = 6;

    @Override
    String architecture() {
        return "trm_hier6";
    }

    @Override
    List<String> initialStates() {
        return List.of("H_init", "L1_init", "L2_init", "L3_init", "L4_init", "L5_init", "L6_init");
    }

    @Override
    Schedule schedule(Settings settings) {
        Schedule schedule = super.schedule(settings);
        if (schedule.lCycles() > LOW_STATES) {
            throw settings.misfit("L_cycles", schedule.lCycles(), "the " + LOW_STATES + " low states of trm_hier6");
        }
        return schedule;
    }
}
