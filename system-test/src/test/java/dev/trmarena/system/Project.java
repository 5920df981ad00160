package dev.trmarena.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's own files, where the build left them; the tests run its script as a user would. */
public final class Project {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Project() {}

    /** @throws IllegalStateException when the tests do not run inside the project */
    public static Path root() {
        Path root =
                Path.of(System.getProperty("arena.root", ".")).toAbsolutePath().normalize();
        if (!Files.isExecutable(root.resolve("arena"))) {
            throw new IllegalStateException("no executable `arena` in " + root + "; run the tests with ./arena test");
        }
        return root;
    }

    /** @param file relative to the project, with slashes */
    public static String text(String file) throws IOException {
        return Files.readString(root().resolve(file));
    }

    /** The folders of the Maven modules, in the order of the build. */
    public static List<String> modules() throws IOException {
        return MODULE.matcher(text("pom.xml"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Every Java source of every module, written by hand: relative to the project. */
    public static List<String> javaSources(String... kinds) throws IOException {
        var all = new ArrayList<String>();
        for (String module : modules()) {
            for (String kind : kinds) {
                Path folder =
                        root().resolve(module).resolve("src").resolve(kind).resolve("java");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .map(file -> root().relativize(file).toString())
                                .sorted()
                                .forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    /** The first group of the only place where the pattern is found. */
    public static String only(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        List<String> found =
                matcher.results().map(one -> one.group(1)).distinct().toList();
        if (found.size() != 1) {
            throw new AssertionError("one " + pattern + " expected, found " + found);
        }
        return found.get(0);
    }
}
