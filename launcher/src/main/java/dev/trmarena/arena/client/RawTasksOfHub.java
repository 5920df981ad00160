package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.Fetch.InFolder;
import dev.trmarena.arena.client.Fetch.RawTasks;
import java.util.List;

/**
 * Raw ARC tasks of a data set on a hub.
 *
 * @param subsets in the order in which they are read
 * @param files what to fetch, each with its path among the files of the set
 */
public record RawTasksOfHub(List<String> subsets, List<InFolder> files) {
    /**
     * Looks at what there is.
     *
     * @param from a folder, or one file of challenges
     * @param wanted subsets; empty for the only one that there is
     * @throws ArenaProblem when there is none of them, or it is not clear which is meant
     */
    public static RawTasksOfHub find(ArenaApi api, String from, List<String> wanted) throws InterruptedException {
        List<RawTasks> found = api.listHubFolder(from).value().rawTasks().stream()
                .filter(each -> isWanted(each.subset(), wanted))
                .toList();
        List<String> names = found.stream().map(RawTasks::subset).toList();
        if (found.isEmpty()) {
            throw new ArenaProblem(
                    "there are no raw tasks " + (wanted.isEmpty() ? "" : "of " + String.join(", ", wanted) + " ")
                            + "in " + from,
                    "name a folder with SUBSET_challenges.json and SUBSET_solutions.json, or one with a JSON file a task");
        }
        if (wanted.isEmpty() && found.size() > 1) {
            throw new ArenaProblem(
                    "there are several subsets in it: " + String.join(", ", names),
                    "say which, in the order of reading, and which of them is to be predicted: --subsets A,B --test-set B");
        }
        return new RawTasksOfHub(
                wanted.isEmpty() ? names : wanted,
                found.stream().flatMap(each -> each.files().stream()).toList());
    }

    /** Subsets are also named without how the names of all files begin. */
    private static boolean isWanted(String subset, List<String> wanted) {
        return wanted.isEmpty() || wanted.stream().anyMatch(each -> subset.equals(each) || subset.endsWith("_" + each));
    }

    /** Of all files, as the hub says. */
    public long bytes() {
        return files.stream().mapToLong(InFolder::bytes).sum();
    }
}
