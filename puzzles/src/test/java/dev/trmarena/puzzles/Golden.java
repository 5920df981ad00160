package dev.trmarena.puzzles;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The verification data beside the project. */
final class Golden {
    private Golden() {}

    /** The raw ARC tasks. @return the folder, or skips the test with a reason */
    static Path arcTasks() {
        Path folder = Path.of(System.getProperty("arena.shared", "../shared"))
                .resolve("data/arc")
                .normalize();
        assumeTrue(Files.isDirectory(folder), () -> "the ARC tasks are missing: " + folder);
        return folder;
    }

    /** @return the folder, or skips the test with a reason when the data is not on this machine */
    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("arena.shared", "../shared"))
                .resolve("golden")
                .resolve(name)
                .normalize();
        assumeTrue(Files.isDirectory(folder), () -> "verification data is missing: " + folder);
        return folder;
    }
}
