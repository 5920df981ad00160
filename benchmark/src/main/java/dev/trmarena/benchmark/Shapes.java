package dev.trmarena.benchmark;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** Manifests of networks that were never trained. */
final class Shapes {
    private Shapes() {}

    static HyperParameters hyper(Workload workload, int hLayers, int identifiers) {
        var draft = new HyperParameters.Draft();
        draft.hiddenSize = Workload.HIDDEN;
        draft.numHeads = Workload.HEADS;
        draft.headSize = Workload.HIDDEN / Workload.HEADS;
        draft.expansion = 4;
        draft.hCycles = 1;
        draft.lCycles = 1;
        draft.hLayers = hLayers;
        draft.lLayers = workload.layers();
        draft.haltMaxSteps = Workload.STEPS;
        draft.mlpT = workload.mlpT();
        draft.posEncodings = workload.mlpT() ? "none" : "rope";
        draft.ropeTheta = 10000;
        draft.rmsNormEps = 1e-5;
        draft.puzzleEmbNdim = Workload.HIDDEN;
        draft.puzzleEmbLen = workload.prefix();
        draft.forwardDtype = "bfloat16";
        draft.vocabSize = Workload.VOCAB;
        draft.seqLen = workload.length();
        draft.identifierCount = identifiers;
        return draft.made();
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
