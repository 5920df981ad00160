package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** The baseline of the Tiny Recursive Model: one deep network, run on its own output. */
record TransformerBaseline() implements Family {
    @Override
    public String script() {
        return "transformer.py";
    }

    @Override
    public List<String> states() {
        return List.of("H_init");
    }

    @Override
    public List<Level> levels(HyperParameters hyper) {
        return List.of(new Level("H_level", hyper.hLayers()));
    }

    @Override
    public Map<String, Object> schedule(HyperParameters hyper) {
        return Map.of();
    }
}
