package dev.trmarena.artifacts.store;

import java.nio.file.Path;

/** The content of an artifact is not what its name says. */
public final class ArtifactDamaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    ArtifactDamaged(Path file, String found) {
        super("the artifact " + file + " is damaged: its name is its SHA-256, its content has " + found
                + "; check the disk, then restore the file from a copy, or upload what it was made of again");
    }
}
