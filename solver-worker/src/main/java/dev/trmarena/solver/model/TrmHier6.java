package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** The Tiny Recursive Model with six low states; all are summed, also those that no cycle updates. */
record TrmHier6() implements Family {
    @Override
    public String script() {
        return "trm_hier6.py";
    }

    @Override
    public List<String> states() {
        return List.of("H_init", "L1_init", "L2_init", "L3_init", "L4_init", "L5_init", "L6_init");
    }

    @Override
    public List<Level> levels(HyperParameters hyper) {
        return List.of(new Level("L_level", hyper.lLayers()));
    }

    @Override
    public Map<String, Object> schedule(HyperParameters hyper) {
        return Family.cycles(hyper);
    }
}
