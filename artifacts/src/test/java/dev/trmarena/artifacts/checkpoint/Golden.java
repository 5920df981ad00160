package dev.trmarena.artifacts.checkpoint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checkpoints made by the models' authors' code. */
final class Golden {
    private Golden() {}

    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("arena.shared", "../shared"), "golden", name);
        assumeTrue(Files.isDirectory(folder), "verification data is missing: " + folder);
        return folder;
    }
}
