package dev.trmarena.puzzles.arc;

import dev.trmarena.puzzles.arc.ArcTask.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a task is, whatever its name: two tasks of the same pairs have the same hash, in whichever order the pairs come and
 * whichever of them are demonstrations. Source: {@code puzzle_hash} of the authors' {@code build_arc_dataset.py}.
 */
public final class TaskHash {
    private TaskHash() {}

    /** SHA-256, hexadecimal, over the sorted {@code hash(input)|hash(output)} of all pairs, joined by {@code |}. */
    public static String of(ArcTask task) {
        List<String> hashes = new ArrayList<>();
        for (List<Pair> pairs : List.of(task.demonstrations(), task.tests())) {
            for (Pair pair : pairs) {
                hashes.add(Hex.encodeHexString(pair.input().digest()) + "|"
                        + Hex.encodeHexString(pair.output().digest()));
            }
        }
        hashes.sort(null);
        return DigestUtils.sha256Hex(String.join("|", hashes));
    }

    /**
     * The tasks of a set that are also in another one, by content: what was trained on does not measure.
     *
     * @return names, in the order of the first set
     */
    public static List<String> shared(List<ArcTask> tasks, List<ArcTask> others) {
        Set<String> known = new HashSet<>();
        others.forEach(task -> known.add(of(task)));
        return tasks.stream()
                .filter(task -> known.contains(of(task)))
                .map(ArcTask::name)
                .toList();
    }
}
