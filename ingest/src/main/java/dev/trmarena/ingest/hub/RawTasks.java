package dev.trmarena.ingest.hub;

import dev.trmarena.ingest.hub.HubFolder.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Raw ARC tasks of one subset, in either of their usual forms: {@code SUBSET_challenges.json} with {@code SUBSET_solutions.json}, or
 * a folder with one JSON a task, which is the subset.
 *
 * @param subset as a recipe names it
 * @param files what to fetch, each with its path among the files of the set
 */
record RawTasks(String subset, List<File> files) {
    private static final Pattern HALF = Pattern.compile("(.+)[_-](challenges|solutions)\\.json(\\.gz)?");
    private static final Pattern TASK = Pattern.compile(".+\\.json(\\.gz)?");

    RawTasks {
        files = List.copyOf(files);
    }

    /** @return the subset whose challenges the file has; null when it has none */
    static @Nullable String subsetOf(HubName file) {
        Matcher half = HALF.matcher(file.fileName());
        return half.matches() && half.group(2).equals("challenges") ? half.group(1) : null;
    }

    /** @return in the order of the hub */
    static List<RawTasks> in(HubName folder, List<File> files) {
        Map<String, List<File>> halves = new LinkedHashMap<>();
        List<String> challenged = new ArrayList<>();
        List<File> tasks = new ArrayList<>();
        for (File file : files) {
            String name = file.path().substring(file.path().lastIndexOf('/') + 1);
            Matcher half = HALF.matcher(name);
            if (half.matches()) {
                halves.computeIfAbsent(half.group(1), any -> new ArrayList<>()).add(file.called(name));
                if (half.group(2).equals("challenges")) {
                    challenged.add(half.group(1));
                }
            } else if (TASK.matcher(name).matches()) {
                tasks.add(file.called(folder.lastName() + "/" + name));
            }
        }
        if (!challenged.isEmpty()) {
            return challenged.stream()
                    .map(subset -> new RawTasks(subset, halves.getOrDefault(subset, List.of())))
                    .toList();
        }
        return tasks.isEmpty() ? List.of() : List.of(new RawTasks(folder.lastName(), tasks));
    }
}
