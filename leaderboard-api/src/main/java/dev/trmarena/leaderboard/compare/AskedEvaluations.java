package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.Paging;
import dev.trmarena.puzzles.score.SolvedBy;
import dev.trmarena.puzzles.score.SolvedTasks;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The evaluations that an address names to be compared. */
@Singleton
class AskedEvaluations {
    static final String ARE = "two to six evaluations are compared: name them as ?e=ID,ID,…";

    /** What evaluations are named by in an address. */
    static final String IDS = "[^,]{1,64}(,[^,]{1,64}){1,5}";

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final SolvedTasksCache solvedTasks;

    AskedEvaluations(Jdbi jdbi, OpenPuzzleSets puzzleSets, SolvedTasksCache solvedTasks) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.solvedTasks = solvedTasks;
    }

    /** Evaluations of one set, what each of them solved, and both together. */
    record Asked(List<EvaluationView> evaluations, PuzzleSet set, List<SolvedTasks> solved, SolvedBy solvedBy) {
        List<Boolean> truths(int pattern) {
            return IntStream.range(0, evaluations.size())
                    .mapToObj(i -> SolvedBy.solves(pattern, i))
                    .toList();
        }

        /** @param only the tasks of this pattern alone; all when null */
        ComparedTasks page(@Nullable Integer only, int after, int limit) {
            List<SolvedBy.Task> found = solvedBy.page(pattern -> only == null || only == pattern, after, limit + 1);
            List<SolvedBy.Task> page = Paging.page(found, limit);
            return new ComparedTasks(
                    page.stream()
                            .map(task -> new ComparedTasks.ComparedTask(
                                    task.index(), set.taskName(task.index()), truths(task.pattern())))
                            .toList(),
                    Paging.next(found, limit, SolvedBy.Task::index));
        }
    }

    /** @param ids two to six, separated by commas */
    Asked of(String ids) {
        List<EvaluationView> evaluations =
                Stream.of(ids.split(",")).distinct().map(this::finished).toList();
        if (evaluations.size() < 2) {
            throw new Refusal(400, "one evaluation is named twice, there is nothing to compare", ARE);
        }
        EvaluationView first = evaluations.get(0);
        evaluations.forEach(other -> requireSameSet(first, other));
        PuzzleSet set = puzzleSets.of(jdbi, first.id());
        if (set.manifest().solutionsHidden()) {
            throw new Refusal(
                    409,
                    "the solutions of " + first.puzzleSet() + " are hidden, so nobody here knows who solved what",
                    "hand the submissions in where the solutions are known");
        }
        int attempts = set.manifest().kind().attempts();
        List<SolvedTasks> solved = evaluations.stream()
                .map(each -> solvedTasks.of(each.id(), attempts))
                .toList();
        return new Asked(evaluations, set, solved, new SolvedBy(solved));
    }

    private EvaluationView finished(String id) {
        return jdbi.withHandle(handle -> Lookup.finished(handle, id));
    }

    private static void requireSameSet(EvaluationView first, EvaluationView other) {
        if (!first.puzzleSet().equals(other.puzzleSet())) {
            throw new Refusal(
                    409,
                    "evaluation " + first.id() + " is on " + first.puzzleSet() + ", " + other.id() + " on "
                            + other.puzzleSet(),
                    "compare evaluations on one puzzle set");
        }
    }
}
