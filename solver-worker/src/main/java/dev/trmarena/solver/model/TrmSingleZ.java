package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** The Tiny Recursive Model with one state. */
record TrmSingleZ() implements Family {
    @Override
    public String script() {
        return "trm_singlez.py";
    }

    @Override
    public List<String> states() {
        return List.of("L_init");
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
