package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.score.PairedTest;
import dev.trmarena.puzzles.score.SolvedTasks;
import dev.trmarena.puzzles.score.TieGroups;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.BitSet;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Two evaluations side by side. */
@Tag(name = "Evaluations")
@Path("/api/compare")
public class CompareResource {
    private static final String BOTH = "two evaluations are compared: name them as ?first=ID&second=ID";

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final SolvedTasksCache solvedTasks;

    CompareResource(Jdbi jdbi, OpenPuzzleSets puzzleSets, SolvedTasksCache solvedTasks) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.solvedTasks = solvedTasks;
    }

    @GET
    @Operation(
            operationId = "compareEvaluations",
            summary = "Two finished evaluations on one puzzle set: McNemar's exact test, and the first 200 tasks of"
                    + " each side that differ")
    @APIResponse(
            responseCode = "200",
            description = "who solved what",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Comparison.class)))
    @APIResponse(responseCode = "404", description = "there is no such evaluation")
    @APIResponse(
            responseCode = "409",
            description = "one is not finished, they are on two puzzle sets, or the solutions are hidden")
    public Comparison compare(
            @QueryParam("first") @NotNull(message = BOTH) String first,
            @QueryParam("second") @NotNull(message = BOTH) String second) {
        EvaluationView one = jdbi.withHandle(handle -> Lookup.finished(handle, first));
        EvaluationView other = jdbi.withHandle(handle -> Lookup.finished(handle, second));
        return compare(one, other);
    }

    private Comparison compare(EvaluationView first, EvaluationView second) {
        if (!first.puzzleSet().equals(second.puzzleSet())) {
            throw new Refusal(
                    409,
                    "evaluation " + first.id() + " is on " + first.puzzleSet() + ", " + second.id() + " on "
                            + second.puzzleSet(),
                    "compare evaluations on one puzzle set");
        }
        PuzzleSet set = puzzleSets.of(jdbi, first.id());
        if (set.manifest().solutionsHidden()) {
            throw new Refusal(
                    409,
                    "the solutions of " + first.puzzleSet() + " are hidden, so nobody here knows who solved what",
                    "hand both submissions in where the solutions are known");
        }
        int attempts = set.manifest().kind().attempts();
        SolvedTasks a = solvedTasks.of(first.id(), attempts);
        PairedTest test = PairedTest.between(a, solvedTasks.of(second.id(), attempts));
        int onlyFirst = test.onlyFirst().cardinality();
        int onlySecond = test.onlySecond().cardinality();
        int both = a.count() - onlyFirst;
        return new Comparison(
                first,
                second,
                both,
                set.taskCount() - both - onlyFirst - onlySecond,
                firstOf(set, test.onlyFirst()),
                onlyFirst,
                firstOf(set, test.onlySecond()),
                onlySecond,
                test.pValue(),
                test.pValue() < TieGroups.ALPHA);
    }

    private static List<Comparison.Task> firstOf(PuzzleSet set, BitSet tasks) {
        return tasks.stream()
                .limit(Comparison.MOST_TASKS)
                .mapToObj(index -> new Comparison.Task(index, set.taskName(index)))
                .toList();
    }
}
