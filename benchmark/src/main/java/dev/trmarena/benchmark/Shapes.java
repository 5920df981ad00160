package dev.trmarena.benchmark;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** Manifests of networks that were never trained. */
final class Shapes {
    private Shapes() {}

    static HyperParameters hyper(Workload workload, int hLayers, int identifiers) {
        return new HyperParameters(
                Workload.HIDDEN,
                Workload.HEADS,
                Workload.HIDDEN / Workload.HEADS,
                4,
                1,
                1,
                hLayers,
                workload.layers(),
                Workload.STEPS,
                false,
                workload.mlpT(),
                workload.mlpT() ? "none" : "rope",
                10000,
                1e-5,
                Workload.HIDDEN,
                workload.prefix(),
                "bfloat16",
                Workload.VOCAB,
                workload.length(),
                identifiers,
                null);
    }

    static CheckpointManifest manifest(Workload workload, int identifiers) {
        return new CheckpointManifest(
                workload.architecture(),
                workload.hyper(identifiers),
                Map.of(),
                List.of(),
                List.of(),
                "",
                "",
                "",
                0,
                0,
                0);
    }
}
