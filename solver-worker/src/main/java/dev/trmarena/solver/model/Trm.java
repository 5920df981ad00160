package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** Tiny Recursive Model, arXiv 2510.04871: two states, one network for both. */
record Trm() implements Family {
    @Override
    public String script() {
        return "trm.py";
    }

    @Override
    public List<String> states() {
        return List.of("H_init", "L_init");
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
