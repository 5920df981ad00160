package dev.trmarena.artifacts.store;

/** The store has no artifact of this digest. */
public final class ArtifactMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArtifactMissing(String digest, Object root) {
        super("no artifact " + digest + " in the store " + root);
    }
}
