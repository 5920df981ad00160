package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** Hierarchical Reasoning Model, arXiv 2506.21734: two states, a network for each. */
record Hrm() implements Family {
    @Override
    public String script() {
        return "hrm.py";
    }

    @Override
    public List<String> states() {
        return List.of("H_init", "L_init");
    }

    @Override
    public List<Level> levels(HyperParameters hyper) {
        return List.of(new Level("L_level", hyper.lLayers()), new Level("H_level", hyper.hLayers()));
    }

    @Override
    public Map<String, Object> schedule(HyperParameters hyper) {
        return Family.cycles(hyper);
    }
}
