package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.Fetch.InFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Raw ARC tasks of a data set on a hub, in either of their usual forms: files {@code SUBSET_challenges.json} with {@code
 * SUBSET_solutions.json}, or a folder with one JSON a task, which is the subset.
 *
 * @param subsets in the order in which they are read
 * @param files by their path among the files of the set: what to fetch each by
 */
public record RawTasksOfHub(List<String> subsets, Map<String, InFolder> files) {
    private static final Pattern CHALLENGES = Pattern.compile("(.+)[_-]challenges\\.json(\\.gz)?");
    private static final Pattern SOLUTIONS = Pattern.compile("(.+)[_-]solutions\\.json(\\.gz)?");
    private static final Pattern NAME = Pattern.compile("(hf://.+?)(?:/([^/@]+))?(@[^@]+)?");

    /**
     * Looks at what there is.
     *
     * @param from a folder, or one file of challenges
     * @param wanted subsets; empty for the only one that there is
     * @throws ArenaProblem when there is none of them, or it is not clear which is meant
     */
    public static RawTasksOfHub find(ArenaApi api, String from, List<String> wanted) throws InterruptedException {
        Matcher name = NAME.matcher(from);
        if (!name.matches()) {
            throw new ArenaProblem(
                    "'" + from + "' is no folder of a hub", "name it like hf://datasets/OWNER/REPO/FOLDER");
        }
        Matcher challenges = CHALLENGES.matcher(String.valueOf(name.group(2)));
        boolean file = challenges.matches();
        String folder = file ? name.group(1) + (name.group(3) == null ? "" : name.group(3)) : from;
        List<InFolder> there = api.listHubFolder(folder).value().files();
        List<String> subsets = file ? List.of(challenges.group(1)) : wanted;
        RawTasksOfHub pairs = pairs(there, subsets);
        if (!pairs.files.isEmpty()) {
            return pairs;
        }
        return file ? pairs : tasks(there, String.valueOf(name.group(2)), from, wanted);
    }

    private static RawTasksOfHub pairs(List<InFolder> there, List<String> wanted) {
        Map<String, InFolder> files = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        for (InFolder each : there) {
            String file = fileName(each);
            Matcher challenges = CHALLENGES.matcher(file);
            Matcher solutions = SOLUTIONS.matcher(file);
            if (challenges.matches() && isWanted(challenges.group(1), wanted)) {
                found.add(challenges.group(1));
                files.put(file, each);
            } else if (solutions.matches() && isWanted(solutions.group(1), wanted)) {
                files.put(file, each);
            }
        }
        if (wanted.isEmpty() && found.size() > 1) {
            throw new ArenaProblem(
                    "there are several subsets in it: " + String.join(", ", found),
                    "say which, in the order of reading, and which of them is to be predicted: --subsets A,B --test-set B");
        }
        return new RawTasksOfHub(wanted.isEmpty() ? List.copyOf(found) : wanted, files);
    }

    /** Subsets are also named without how the names of all files begin. */
    private static boolean isWanted(String stem, List<String> wanted) {
        return wanted.isEmpty() || wanted.stream().anyMatch(each -> stem.equals(each) || stem.endsWith("_" + each));
    }

    private static RawTasksOfHub tasks(List<InFolder> there, String subset, String from, List<String> wanted) {
        Map<String, InFolder> files = new LinkedHashMap<>();
        for (InFolder each : there) {
            if (fileName(each).matches(".+\\.json(\\.gz)?")) {
                files.put(subset + "/" + fileName(each), each);
            }
        }
        if (files.isEmpty() || !wanted.isEmpty() && !wanted.equals(List.of(subset))) {
            throw new ArenaProblem(
                    "there are no raw tasks " + (wanted.isEmpty() ? "" : "of " + String.join(", ", wanted) + " ")
                            + "in " + from,
                    "name a folder with SUBSET_challenges.json and SUBSET_solutions.json, or one with a JSON file a task");
        }
        return new RawTasksOfHub(List.of(subset), files);
    }

    private static String fileName(InFolder file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    /** Of all files, as the hub says. */
    public long bytes() {
        return files.values().stream().mapToLong(InFolder::bytes).sum();
    }
}
