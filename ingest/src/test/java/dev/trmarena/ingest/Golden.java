package dev.trmarena.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checkpoints and puzzle sets made by the models' authors' code. */
final class Golden {
    private Golden() {}

    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("arena.shared", "../shared"), "golden", name);
        assumeTrue(Files.isDirectory(folder), "verification data is missing: " + folder);
        return folder;
    }

    static byte[] read(String name) {
        Path file = folder(name.substring(0, name.lastIndexOf('/'))).resolve(name.substring(name.lastIndexOf('/') + 1));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
