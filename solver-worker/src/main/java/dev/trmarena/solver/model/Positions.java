package dev.trmarena.solver.model;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import dev.trmarena.artifacts.checkpoint.HyperParameters;

/** The tables by which attention knows where a position is. */
final class Positions {
    private Positions() {}

    /**
     * @param length L
     * @param frame the frame's script, and its weights, which say on what device
     * @return cosines and signed sines; nothing where a network has no such tables
     */
    static IValue of(HyperParameters hyper, int length, IValues scope, PtSymbolBlock frame, IValue weights) {
        if (!hyper.posEncodings().startsWith("rope") || hyper.mlpT()) {
            return scope.add(IValue.listFrom(new PtNDArray[0]));
        }
        IValue width = scope.add(IValue.from((long) hyper.headSize()));
        IValue theta = scope.add(IValue.from(hyper.ropeTheta()));
        long front = hyper.puzzleEmbLen();
        if (hyper.posEncodings().equals("rope2d")) {
            IValue before = scope.add(IValue.from(front));
            IValue board = scope.add(IValue.from((long) length));
            return scope.run(frame, "rope2d", weights, before, board, width, theta);
        }
        return scope.run(frame, "rope", weights, scope.add(IValue.from(front + length)), width, theta);
    }
}
