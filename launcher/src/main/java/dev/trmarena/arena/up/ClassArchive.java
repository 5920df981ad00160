package dev.trmarena.arena.up;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a program has loaded of its classes, parsed and checked, in a file that the JVM maps into memory (class-data sharing):
 * the next start of the program takes about a third less processor time. The JVM writes the file itself when a program that
 * has none ends in order; it ignores one that does not fit the jars, and a version of Java has files of its own.
 */
final class ClassArchive {
    private static final String MAKE = "-XX:ArchiveClassesAtExit=";

    /** Variables from which a JVM takes options. */
    private static final List<String> OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    /** That a class cannot be kept, or a file does not fit any more, is of no interest to anybody. */
    private static final String IN_SILENCE = "-Xlog:cds*=off";

    private final Path file;
    private final List<Path> jars;

    /**
     * @param project the folder of the project, in whose {@code target} the archives lie
     * @param program a name for a file
     * @param jars from which it is run, or folders of them: an archive is made anew once one of them is younger
     */
    ClassArchive(Path project, String program, List<Path> jars) {
        this.file =
                project.resolve("target/class-archives/" + program + "-" + System.getProperty("java.version") + ".jsa");
        this.jars = List.copyOf(jars);
    }

    /** What the JVM must be told: to use the archive, or to make it; nothing where neither is possible. */
    List<String> flags() {
        return flags(System.getenv());
    }

    List<String> flags(Map<String, String> environment) {
        try {
            if (fits()) {
                return List.of("-XX:SharedArchiveFile=" + file, IN_SILENCE);
            }
            if (hasAgent(environment)) {
                return List.of();
            }
            Files.createDirectories(file.resolveSibling("."));
            return List.of(MAKE + file, IN_SILENCE);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether a process that is started so makes an archive when it ends, which takes seconds. */
    static boolean isMadeBy(List<String> command) {
        return command.stream().anyMatch(word -> word.startsWith(MAKE));
    }

    /** A JVM that has a debugger or another agent ends at once when it is told to make an archive. */
    private static boolean hasAgent(Map<String, String> environment) {
        return OPTIONS.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .anyMatch(options -> options.contains("-agent") || options.contains("-javaagent"));
    }

    private boolean fits() throws IOException {
        if (!isWhole()) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(file);
        for (Path jar : jars) {
            try (Stream<Path> files = Files.walk(jar)) {
                for (Path one : (Iterable<Path>) files::iterator) {
                    if (Files.getLastModifiedTime(one).compareTo(made) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The JVM writes the first bytes last: a process that was killed meanwhile leaves a file that begins with zeros. */
    private boolean isWhole() throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream begin = Files.newInputStream(file)) {
            for (byte one : begin.readNBytes(4)) {
                if (one != 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
