package dev.trmarena.system.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The verdict of {@code ./arena test}, which runs this file from its source, whatever could be built.
 *
 * <p>Maven goes on after every failure and so says little by its exit status. What happened is read from the reports that the
 * tests left and from Maven's own summary. Green is a run in which every module was built and every test class left a report
 * without a failure: what left none did not run, for whatever reason.
 */
public final class TestReport {
    private static final int REASON_LENGTH = 900;
    /** Milliseconds since Maven began, and what it said. */
    private static final Pattern STAMPED = Pattern.compile("(\\d+) (\\[.*)");

    private static final Pattern GOAL =
            Pattern.compile("\\[INFO] --- ([\\w-]+):[^:]+:([\\w-]+) \\(([^)]+)\\) @ (\\S+) ---");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern NAME = Pattern.compile("<(?:artifactId|name)>([^<]+)</(?:artifactId|name)>");
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern SUMMARY =
            Pattern.compile("\\[INFO] (\\S+) \\.+ (SUCCESS|FAILURE|SKIPPED)(?: \\[ *(\\S+) (s|min|h)])?.*");
    private static final Pattern BUILDING = Pattern.compile("\\[INFO] Building (\\S+) \\d\\S*(?: +\\[\\d+/\\d+])?");
    private static final Pattern BROKE =
            Pattern.compile("\\[ERROR] Failed to execute goal .* on project ([^:\\s]+): .*");
    private static final Pattern TEST =
            Pattern.compile("^\\s*@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b", Pattern.MULTILINE);
    private static final Pattern ABSTRACT = Pattern.compile("^(?:public )?abstract class ", Pattern.MULTILINE);
    /** Where `./arena test` lets tests put temporary files; it was empty before. */
    private static final String TEMPORARY = "target/tmp";

    private static final Set<String> SELECTIONS =
            Set.of("-pl", "--projects", "-rf", "--resume-from", "-N", "--non-recursive");

    private final Path root;
    private final FileTime since;
    private final List<String> options;
    private final List<Timed> times = new ArrayList<>();
    private final Map<String, Long> phases = new HashMap<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> broke = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> unpacked = new ArrayList<>();
    private int tests;

    private record Timed(String module, String name, double seconds) {}

    private record Goal(String phase, long since) {}

    /** @param name what Maven calls it; the folder may have another name */
    private record Module(String folder, String name) {}

    private TestReport(Path root, FileTime since, List<String> options) {
        this.root = root;
        this.since = since;
        this.options = options;
    }

    /**
     * {@code TestReport ROOT LOG BEGAN EXIT [MAVEN OPTIONS]}: the project, Maven's log, a file touched before Maven began, its
     * exit status, and what else it was told. Ends with 0 only for a green run.
     */
    public static void main(String[] arguments) throws IOException {
        var report = new TestReport(
                Path.of(arguments[0]),
                Files.getLastModifiedTime(Path.of(arguments[2])),
                List.of(arguments).subList(4, arguments.length));
        report.read(Files.readAllLines(Path.of(arguments[1])), Integer.parseInt(arguments[3]));
        System.out.print(report.text());
        System.exit(report.green() ? 0 : 1);
    }

    private void read(List<String> stamped, int exit) throws IOException {
        Map<String, String> built = new HashMap<>();
        Map<String, String> reasons = new HashMap<>();
        List<String> log = measured(stamped);
        for (String line : log) {
            Matcher building = BUILDING.matcher(line);
            if (building.matches()) {
                built.put(building.group(1), "not ended");
            }
            Matcher summary = SUMMARY.matcher(line);
            if (summary.matches()) {
                built.put(summary.group(1), summary.group(2));
            }
            Matcher error = BROKE.matcher(line);
            if (error.matches()) {
                reasons.putIfAbsent(error.group(1), line.substring("[ERROR] ".length()));
            }
        }
        // A single module has no summary of its own.
        if (built.size() == 1) {
            String end = log.contains("[INFO] BUILD SUCCESS")
                    ? "SUCCESS"
                    : log.contains("[INFO] BUILD FAILURE") ? "FAILURE" : "not ended";
            built.replaceAll((name, state) -> state.equals("not ended") ? end : state);
        }
        boolean selected =
                options.stream().anyMatch(option -> SELECTIONS.contains(option) || option.startsWith("-pl="));
        for (Module module : modules()) {
            if (!selected || built.containsKey(module.name())) {
                module(module, built.getOrDefault(module.name(), "SKIPPED"), reasons);
            }
        }
        leftBehind(root.resolve(TEMPORARY));
        if (exit != 0) {
            broke.add("Maven ended with exit status " + exit);
        } else if (tests == 0) {
            broke.add("no test ran");
        }
    }

    /**
     * Adds up how long Maven was at each phase of each module, two of which are built at a time: a goal takes until the next one of its
     * module, the last one until the module is as old as the summary says.
     *
     * @return the log without the stamps; of another Maven's log, which has none, nothing is known
     */
    private List<String> measured(List<String> stamped) {
        var log = new ArrayList<String>();
        Map<String, Long> begun = new HashMap<>();
        Map<String, Goal> goals = new HashMap<>();
        for (String said : stamped) {
            Matcher stamp = STAMPED.matcher(said);
            String line = stamp.matches() ? stamp.group(2) : said;
            log.add(line);
            if (!stamp.matches()) {
                continue;
            }
            long now = Long.parseLong(stamp.group(1));
            Matcher building = BUILDING.matcher(line);
            Matcher goal = GOAL.matcher(line);
            Matcher summary = SUMMARY.matcher(line);
            if (building.matches()) {
                begun.put(building.group(1), now);
            } else if (goal.matches()) {
                ended(goals, goal.group(4), now);
                goals.put(goal.group(4), new Goal(phase(goal), now));
            } else if (summary.matches() && summary.group(3) != null) {
                String module = summary.group(1);
                ended(goals, module, begun.getOrDefault(module, now) + millis(summary.group(3), summary.group(4)));
            }
        }
        return log;
    }

    private void ended(Map<String, Goal> goals, String module, long now) {
        if (goals.containsKey(module)) {
            Goal goal = goals.get(module);
            phases.merge(goal.phase(), now - goal.since(), Long::sum);
        }
    }

    /** What Maven writes as 1.234 s, 02:03 min or 01:02 h. */
    private static long millis(String number, String unit) {
        String[] parts = number.split(":");
        double seconds = Double.parseDouble(parts[parts.length - 1]);
        return switch (unit) {
            case "min" -> 1000 * (60 * Long.parseLong(parts[0]) + (long) seconds);
            case "h" -> 60_000 * (60 * Long.parseLong(parts[0]) + (long) seconds);
            default -> (long) (1000 * seconds);
        };
    }

    /** The goal; where one does several things, which of them. */
    private static String phase(Matcher goal) {
        String name = goal.group(1) + ":" + goal.group(2);
        return name.startsWith("exec:") ? name + " " + goal.group(3) : name;
    }

    private List<Module> modules() throws IOException {
        var modules = new ArrayList<Module>();
        Matcher matcher = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (matcher.find()) {
            String pom = Files.readString(root.resolve(matcher.group(1)).resolve("pom.xml"));
            Matcher name = NAME.matcher(PARENT.matcher(pom).replaceAll(""));
            modules.add(new Module(matcher.group(1), name.find() ? name.group(1) : matcher.group(1)));
        }
        return modules;
    }

    /**
     * What lies in the folder for temporary files of the tests. A folder with something in it was not deleted by whoever made it; files
     * of libraries that a killed process had unpacked are only told of.
     */
    private void leftBehind(Path temporary) throws IOException {
        if (!Files.isDirectory(temporary)) {
            return;
        }
        try (Stream<Path> entries = Files.list(temporary)) {
            for (Path entry : entries.sorted().toList()) {
                if (Files.isDirectory(entry)) {
                    int files = files(entry, ".*").stream()
                            .filter(Files::isRegularFile)
                            .toList()
                            .size();
                    if (files > 0) {
                        left.add(entry.getFileName() + ", a folder with " + files + " files");
                    }
                } else {
                    unpacked.add(entry.getFileName().toString());
                }
            }
        }
    }

    private void module(Module module, String state, Map<String, String> reasons) throws IOException {
        Path reports = root.resolve(module.folder()).resolve("target/surefire-reports");
        Set<String> reported = new HashSet<>();
        if (Files.isDirectory(reports)) {
            for (Path file : files(reports, "TEST-.*\\.xml")) {
                if (Files.getLastModifiedTime(file).compareTo(since) >= 0) {
                    reported.addAll(suites(module, file));
                }
            }
        }
        if (state.equals("FAILURE")) {
            broke.add(module.folder() + ": " + shortened(reasons.getOrDefault(module.name(), "Maven's log says why")));
        } else if (!state.equals("SUCCESS")) {
            absent.add(module.folder() + ": "
                    + (state.equals("SKIPPED") ? "Maven skipped it" : "it did not come to an end"));
        }
        if (state.equals("SKIPPED") || options.stream().anyMatch(option -> option.startsWith("-Dtest="))) {
            return;
        }
        List<String> expected = testClasses(module);
        List<String> missing =
                expected.stream().filter(name -> !reported.contains(name)).toList();
        if (!missing.isEmpty() && missing.size() == expected.size()) {
            absent.add(module.folder() + ": none of its " + expected.size() + " test classes left a report");
        } else {
            missing.forEach(name -> absent.add(module.folder() + ": " + name + " left no report"));
        }
    }

    /** The files that must leave a report: classes with tests of their own, and the page's {@code *.test.ts}. */
    private List<String> testClasses(Module module) throws IOException {
        var names = new ArrayList<String>();
        Path folder = root.resolve(module.folder());
        Path java = folder.resolve("src/test/java");
        if (Files.isDirectory(java)) {
            for (Path file : files(java, ".*\\.java")) {
                String source = Files.readString(file);
                if (TEST.matcher(source).find() && !ABSTRACT.matcher(source).find()) {
                    String name = java.relativize(file).toString();
                    names.add(
                            name.substring(0, name.length() - ".java".length()).replace('/', '.'));
                }
            }
        }
        if (Files.exists(folder.resolve("package.json"))) {
            for (Path file : files(folder.resolve("src"), ".*\\.test\\.tsx?")) {
                names.add(folder.relativize(file).toString());
            }
        }
        return names;
    }

    private static List<Path> files(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        }
    }

    /** @return the names of the classes that the file tells of; a file that was cut off tells of none */
    private Set<String> suites(Module module, Path file) throws IOException {
        var names = new HashSet<String>();
        try (var in = Files.newInputStream(file)) {
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String testcase = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "testsuite" -> {
                        // A nested class has a report of its own, and belongs to the file of the outer one.
                        names.add(attribute(xml, "name").split("\\$", 2)[0]);
                        String time = attribute(xml, "time").replace(",", "");
                        times.add(new Timed(
                                module.folder(),
                                attribute(xml, "name"),
                                time.isEmpty() ? 0 : Double.parseDouble(time)));
                    }
                    case "testcase" -> {
                        tests++;
                        testcase = attribute(xml, "classname") + " " + attribute(xml, "name");
                    }
                    case "failure", "error" ->
                        failed.add(module.folder() + ": " + testcase + ": " + shortened(reason(xml)));
                    case "skipped" -> skipped.add(testcase + ": " + shortened(reason(xml)));
                    default -> {
                        // Output and properties.
                    }
                }
            }
        } catch (XMLStreamException | NumberFormatException e) {
            broke.add(module.folder() + ": the report " + file.getFileName() + " cannot be read: "
                    + shortened(String.valueOf(e.getMessage())));
            return Set.of();
        }
        return names;
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** The message, or the first line of the stack trace without the exception's name. */
    private static String reason(XMLStreamReader xml) throws XMLStreamException {
        String message = attribute(xml, "message");
        if (!message.isBlank()) {
            return message;
        }
        String first = xml.getElementText().strip().lines().findFirst().orElse("no reason given");
        return first.replaceFirst("^[\\w.$]+: ", "");
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "…";
    }

    private boolean green() {
        return failed.isEmpty() && broke.isEmpty() && absent.isEmpty() && left.isEmpty();
    }

    private String text() {
        var text = new StringBuilder();
        if (!times.isEmpty()) {
            text.append("\nthe test classes, the slowest first:\n");
            times.stream()
                    .sorted(Comparator.comparingDouble(Timed::seconds).reversed())
                    .forEach(one -> text.append(String.format(
                            Locale.ROOT, "  %7.1f s  %-16s %s\n", one.seconds(), one.module(), one.name())));
        }
        if (!phases.isEmpty()) {
            text.append("\nthe phases of all modules:\n");
            phases.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(one -> text.append(
                            String.format(Locale.ROOT, "  %7.1f s  %s\n", one.getValue() / 1000.0, one.getKey())));
        }
        list(text, "failed:", failed);
        list(text, "broke:", broke);
        list(text, "did not run:", absent);
        list(text, "skipped, and why:", skipped);
        list(text, "left in " + TEMPORARY + " by a test, which must delete what it makes:", left);
        list(text, "left there by libraries whose process was killed:", unpacked);
        text.append("\ntests: ").append(tests);
        text.append(", failed: ").append(failed.size());
        text.append(", skipped: ").append(skipped.size()).append('\n');
        if (!absent.isEmpty()) {
            text.append("did not run: ").append(absent.size()).append(", named above\n");
        }
        text.append(green() ? "all tests passed\n" : "FAILED (what is named above; the whole log: target/test.log)\n");
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }
}
