package dev.trmarena.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The golden cases: those that come with the project, in {@code golden/cases}, and the many more of the verification data where
 * that lies beside the project. A case that is in both is the same in both, byte for byte (a test sees to it), and taken from
 * there, where it has more files.
 */
public final class Golden {
    private static final Path ROOT = Path.of(System.getProperty("arena.root", ".."));
    private static final Path SHIPPED = ROOT.resolve("golden/cases");
    private static final Path BESIDE =
            Path.of(System.getProperty("arena.shared", "../shared")).normalize();

    private Golden() {}

    /**
     * @param name for instance {@code models/trm_bf16}, or {@code demo/arc-style}: the demo was trained and evaluated by the
     *     authors' code
     * @return the folder, or skips the test with the reason when a case that does not come with the project is not here
     */
    public static Path folder(String name) {
        if (name.startsWith("demo/")) {
            return ROOT.resolve(name);
        }
        Path beside = BESIDE.resolve("golden").resolve(name);
        if (Files.isDirectory(beside)) {
            return beside;
        }
        Path shipped = SHIPPED.resolve(name);
        assumeTrue(Files.isDirectory(shipped), () -> "verification data is missing: " + beside);
        return shipped;
    }

    /** @return the names of all cases of a kind, each once, for instance of {@code models} */
    public static List<String> names(String kind) {
        Set<String> names = new TreeSet<>();
        for (Path place : List.of(SHIPPED, BESIDE.resolve("golden"))) {
            names.addAll(children(place.resolve(kind)));
        }
        return List.copyOf(names);
    }

    /** @return those that come with the project */
    public static List<String> shipped(String kind) {
        return List.copyOf(children(SHIPPED.resolve(kind)));
    }

    /** @return the bytes of a file of a case, or skips the test as {@link #folder} does */
    public static byte[] read(String name) {
        int end = name.lastIndexOf('/');
        try {
            return Files.readAllBytes(folder(name.substring(0, end)).resolve(name.substring(end + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The raw ARC tasks. @return the folder, or skips the test with the reason */
    public static Path arcTasks() {
        Path folder = BESIDE.resolve("data/arc");
        assumeTrue(Files.isDirectory(folder), () -> "the ARC tasks are missing: " + folder);
        return folder;
    }

    private static Set<String> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return new TreeSet<>(
                    folders.map(each -> each.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
