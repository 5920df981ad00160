package dev.trmarena.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One-line faults, and for each the test that must turn red when it is in the product: they lie in {@code system-test/mutations},
 * where {@code run} starts this file alone, without a build. A fault is text that is replaced in a source, so that changes
 * elsewhere do not matter; where the text is not found exactly once, the fault has to be thought through again.
 */
final class Mutations {
    private static final Path FAULTS = Path.of("system-test/mutations");
    private static final int MOST_MINUTES = 20;
    private static final String ENDING = ".fault";
    private static final Pattern STALE =
            Pattern.compile("java\\.lang\\.(NoSuch|NoClassDef|Abstract|Incompatible|UnsupportedClassVersion)\\w*Error");

    private Mutations() {}

    /** Text in a file of the project that is replaced; where lines break in it does not matter. */
    record Edit(String file, String was, String becomes) {
        String in(String name, String source) {
            String words = Arrays.stream(was.strip().split("\\s+"))
                    .map(Pattern::quote)
                    .reduce((all, word) -> all + "\\s+" + word)
                    .orElseThrow();
            Matcher found = Pattern.compile(words).matcher(source);
            long times = found.results().count();
            if (times != 1) {
                throw new IllegalArgumentException(
                        name + ": the text to replace is " + times + " times in " + file + ", not once:\n" + was);
            }
            return found.replaceFirst(Matcher.quoteReplacement(becomes.strip()));
        }
    }

    /**
     * A fault.
     *
     * @param promise the section of {@code docs/guarantees.md}
     * @param part what of it the test holds
     * @param words what is wrong with the product, in words
     * @param module of the test
     * @param test {@code Class} or {@code Class#method}
     * @param quick whether it takes seconds, and so is taken by {@code --quick}
     */
    record Fault(
            String name,
            String promise,
            String part,
            String words,
            String module,
            String test,
            boolean quick,
            List<Edit> edits) {
        String testClass() {
            return test.split("#", 2)[0];
        }
    }

    /** What became of the test with the fault in. */
    enum Verdict {
        RED,
        GREEN,
        BROKEN
    }

    /** @param words the first failure, or what is broken */
    record Outcome(Fault fault, Verdict verdict, long seconds, String words) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%-6s %-34s %4d s  %s: %s", verdict, fault.name(), seconds, fault.test(), words);
        }
    }

    /** @param project its root */
    static List<Fault> all(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve(FAULTS))) {
            var faults = new ArrayList<Fault>();
            for (Path file : files.filter(each -> each.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                faults.add(read(file));
            }
            return faults;
        }
    }

    private static Fault read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(ENDING, "");
        Map<String, String> head = new HashMap<>();
        var edits = new ArrayList<Edit>();
        String[] parts = Files.readString(file).split("(?m)^in:");
        for (String line : parts[0].lines().filter(each -> !each.isBlank()).toList()) {
            String[] pair = line.split(":", 2);
            head.put(pair[0].strip(), pair[1].strip());
        }
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] edit = part.split("(?m)^(replace|by):$", 3);
            edits.add(new Edit(edit[0].strip(), edit[1], edit[2]));
        }
        String[] test = required(name, head, "test").split(" ", 2);
        if (edits.isEmpty() || test.length != 2) {
            throw new IllegalArgumentException(file + ": needs `test: MODULE CLASS#METHOD`, and in:, replace:, by:");
        }
        return new Fault(
                name,
                required(name, head, "promise"),
                required(name, head, "part"),
                required(name, head, "fault"),
                test[0],
                test[1].strip(),
                head.containsKey("quick"),
                edits);
    }

    private static String required(String name, Map<String, String> head, String key) {
        String value = head.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + ENDING + ": no `" + key + ":`");
        }
        return value;
    }

    /** @throws IllegalArgumentException when one does not apply any more, or its test is gone */
    static void check(Path project, Fault fault) throws IOException {
        for (Edit edit : fault.edits()) {
            edit.in(fault.name(), Files.readString(project.resolve(edit.file())));
        }
        String[] test = fault.test().split("#", 2);
        try (Stream<Path> files = Files.walk(project.resolve(fault.module()).resolve("src/test/java"))) {
            Path source = files.filter(file -> file.endsWith(test[0] + ".java"))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException(
                            fault.name() + ": no test " + test[0] + " in " + fault.module()));
            String method = test.length == 1 ? null : test[1].replaceAll("[*+\\[].*", "");
            if (method != null && !Files.readString(source).contains(" " + method + "(")) {
                throw new IllegalArgumentException(fault.name() + ": no " + method + " in " + source);
            }
        }
    }

    /** A copy of the project with what is built in it. */
    record Copy(Path folder) implements AutoCloseable {
        Path root() {
            return folder.resolve("trm-arena");
        }

        static Copy of(Path project) throws IOException, InterruptedException {
            if (!Files.exists(project.resolve("system-test/target/test-classes"))) {
                throw new IllegalStateException("build first: ./mvnw package -DskipTests");
            }
            Path folder = Files.createTempDirectory("trm-arena-mutations");
            Path root = Files.createDirectory(folder.resolve("trm-arena"));
            Path shared = project.resolveSibling("shared");
            if (Files.exists(shared)) {
                Files.createSymbolicLink(folder.resolve("shared"), shared);
            }
            Process listed = new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard")
                    .directory(project.toFile())
                    .start();
            try (var reader = listed.inputReader()) {
                for (String file : reader.lines().toList()) {
                    if (Files.isRegularFile(project.resolve(file))) {
                        Files.createDirectories(root.resolve(file).getParent());
                        Files.copy(project.resolve(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
            try (Stream<Path> modules = Files.list(project)) {
                for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("target")))
                        .toList()) {
                    copyTree(module.resolve("target"), root.resolve(module.getFileName()));
                }
            }
            return new Copy(folder);
        }

        private static void copyTree(Path from, Path into) throws IOException, InterruptedException {
            int status = new ProcessBuilder("cp", "-a", "--reflink=auto", from.toString(), into.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("cannot copy " + from + " to " + into);
            }
        }

        Outcome run(Fault fault, boolean faulty) throws IOException, InterruptedException {
            long begun = System.nanoTime();
            Map<Path, String> sources = new HashMap<>();
            try {
                for (Edit edit : faulty ? fault.edits() : List.<Edit>of()) {
                    Path file = root().resolve(edit.file());
                    String source = Files.readString(file);
                    sources.putIfAbsent(file, source);
                    Files.writeString(file, edit.in(fault.name(), source));
                }
                return maven(fault, begun);
            } finally {
                for (var source : sources.entrySet()) {
                    Files.writeString(source.getKey(), source.getValue());
                }
            }
        }

        private Outcome maven(Fault fault, long begun) throws IOException, InterruptedException {
            Path log = root().resolve("mutation.log");
            Path reports = root().resolve(fault.module()).resolve("target/surefire-reports");
            delete(reports);
            var command = new ArrayList<>(List.of("./mvnw", "-B", "-o", "-ntp", "-pl", fault.module(), "-am"));
            command.addAll(List.of(
                    // Of the sources, only what is newer than its class: the fault. The page is not built again.
                    "-Dmaven.compiler.useIncrementalCompilation=false",
                    "-Dspotless.check.skip=true",
                    "-Dexec.skip=true",
                    "-Dpage.tests.skip=true",
                    "-Dsurefire.failIfNoSpecifiedTests=false",
                    "-Dtest=" + fault.test(),
                    fault.module().equals("system-test") ? "verify" : "test"));
            Process maven = new ProcessBuilder(command)
                    .directory(root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = maven.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                maven.descendants().forEach(ProcessHandle::destroy);
                maven.destroy();
                maven.waitFor(30, TimeUnit.SECONDS);
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            return verdict(fault, seconds, reports, ended ? Files.readString(log) : "it took too long");
        }

        /** Red is what failed in the test's own class; a build that failed says nothing about the test. */
        private static Outcome verdict(Fault fault, long seconds, Path reports, String log) throws IOException {
            if (Files.isDirectory(reports)) {
                try (Stream<Path> files = Files.list(reports)) {
                    for (Path file : files.filter(each -> each.toString().endsWith("." + fault.testClass() + ".xml"))
                            .toList()) {
                        return verdict(fault, seconds, Files.readString(file));
                    }
                }
            }
            String errors = log.lines()
                    .filter(line -> line.startsWith("[ERROR]") || !line.startsWith("["))
                    .limit(5)
                    .reduce("", (all, line) -> all + "\n" + line);
            return new Outcome(fault, Verdict.BROKEN, seconds, "the test did not run:" + errors);
        }

        private static Outcome verdict(Fault fault, long seconds, String report) {
            Matcher failed = Pattern.compile("<(failure|error)(?: message=\"([^\"]*)\")?([^>]*)>")
                    .matcher(report);
            Matcher count = Pattern.compile("<testsuite [^>]*?tests=\"(\\d+)\"[^>]*?skipped=\"(\\d+)\"")
                    .matcher(report);
            if (failed.find()) {
                String words = failed.group(2) == null ? failed.group(1) : failed.group(2);
                words = words.replace("&#10;", " ")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
                // A platform that does not start, or classes older than the sources, have shown nothing.
                // An error of linkage says what is not there; one without words was thrown by a test.
                boolean broken = words.contains("did not become ready")
                        || failed.group(2) != null
                                && STALE.matcher(failed.group(3)).find();
                words = words.substring(0, Math.min(160, words.length()));
                return new Outcome(fault, broken ? Verdict.BROKEN : Verdict.RED, seconds, words);
            }
            if (!count.find() || count.group(1).equals("0") || count.group(1).equals(count.group(2))) {
                return new Outcome(fault, Verdict.BROKEN, seconds, "no test ran, or all were skipped");
            }
            return new Outcome(fault, Verdict.GREEN, seconds, "nothing noticed");
        }

        @Override
        public void close() throws IOException {
            delete(folder);
        }

        private static void delete(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** As {@code system-test/mutations/run} says. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        List<String> options =
                Arrays.stream(arguments).filter(each -> each.startsWith("--")).toList();
        List<String> names =
                Arrays.stream(arguments).filter(each -> !each.startsWith("--")).toList();
        List<Fault> faults = all(project).stream()
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .filter(fault -> !options.contains("--quick") || fault.quick())
                .toList();
        if (faults.size() < names.size()) {
            System.err.println("no such fault; those there are: "
                    + all(project).stream().map(Fault::name).toList());
            System.exit(2);
        }
        for (Fault fault : faults) {
            check(project, fault);
        }
        System.out.println(faults.size() + " faults apply");
        System.exit(options.contains("--check") || run(project, faults, options.contains("--green")) ? 0 : 1);
    }

    private static boolean run(Path project, List<Fault> faults, boolean green)
            throws IOException, InterruptedException {
        boolean good = true;
        try (Copy copy = Copy.of(project)) {
            for (Fault fault : faults) {
                if (green) {
                    Outcome without = copy.run(fault, false);
                    System.out.println("without " + without);
                    good &= without.verdict() == Verdict.GREEN;
                }
                Outcome with = copy.run(fault, true);
                System.out.println(with);
                good &= with.verdict() == Verdict.RED;
            }
        }
        return good;
    }
}
