package dev.trmarena.solver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The verification data beside the project. */
public final class Golden {
    private Golden() {}

    /** @return the folder, or skips the test with a reason when the data is not on this machine */
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("arena.shared", "../shared"))
                .resolve("golden")
                .resolve(name)
                .normalize();
        assumeTrue(Files.isDirectory(folder), () -> "verification data is missing: " + folder);
        return folder;
    }
}
