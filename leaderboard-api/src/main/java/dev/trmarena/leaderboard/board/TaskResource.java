package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.StoredCandidate;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.http.refuse.Refused;
import dev.trmarena.leaderboard.finish.OpenPuzzleSets;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tasks of a finished evaluation, down to every grid. */
@Path("/api/evaluations/{id}/tasks")
public class TaskResource {
    private static final int MOST = 500;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;

    TaskResource(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    @GET
    @Operation(summary = "Some tasks, each with its first attempt as a thumbnail")
    public TaskPage page(
            @PathParam("id") String id,
            @QueryParam("offset") @DefaultValue("0") int offset,
            @QueryParam("limit") @DefaultValue("60") int limit,
            @Parameter(description = "right or wrong; all when absent") @QueryParam("only") @Nullable String only) {
        if (offset < 0 || limit < 1 || limit > MOST) {
            throw new Refused(
                    400,
                    "offset is " + offset + ", limit is " + limit,
                    "an offset is at least 0, a limit from 1 to " + MOST);
        }
        if (only != null && !only.equals("right") && !only.equals("wrong")) {
            throw new Refused(400, "only is '" + only + "'", "it is right or wrong; leave it out for all tasks");
        }
        return jdbi.inTransaction(handle -> {
            EvaluationView evaluation = Find.finished(handle, id);
            PuzzleSet set = puzzleSets.of(handle, evaluation.id());
            boolean hidden = set.manifest().solutionsHidden();
            if (hidden && only != null) {
                throw new Refused(
                        409,
                        "nobody here knows which tasks are right: the solutions of " + evaluation.puzzleSet()
                                + " are hidden",
                        "leave `only` out for all tasks");
            }
            List<TaskRow> all =
                    ReadTasks.all(handle, evaluation.id(), set.manifest().kind().attempts());
            List<TaskRow> wanted = all.stream()
                    .filter(row -> only == null || row.right() == only.equals("right"))
                    .toList();
            List<TaskRow> page = wanted.stream().skip(offset).limit(limit).toList();
            int right = Math.toIntExact(all.stream().filter(TaskRow::right).count());
            return new TaskPage(
                    wanted.size(),
                    right,
                    hidden ? 0 : all.size() - right,
                    hidden,
                    summaries(handle, evaluation, set, page));
        });
    }

    private static List<TaskPage.Summary> summaries(
            Handle handle, EvaluationView evaluation, PuzzleSet set, List<TaskRow> rows) {
        Map<Integer, EncodedGrid> thumbnails = new HashMap<>();
        ReadTasks.firstAttempts(
                        handle,
                        evaluation.id(),
                        rows.stream().map(TaskRow::task).toList())
                .forEach(attempt -> thumbnails.put(attempt.task(), EncodedGrid.of(attempt.grid())));
        return rows.stream()
                .map(row -> new TaskPage.Summary(
                        row.task(),
                        set.taskName(row.task()),
                        row.outputs(),
                        row.solved(),
                        row.wrongCells(),
                        thumbnails.get(row.task())))
                .toList();
    }

    @GET
    @Path("{index}")
    @Operation(summary = "One task: demonstrations, inputs, solutions and the best candidates")
    public TaskDetail one(@PathParam("id") String id, @PathParam("index") int index) {
        return jdbi.inTransaction(handle -> {
            EvaluationView evaluation = Find.finished(handle, id);
            PuzzleSet set = puzzleSets.of(handle, evaluation.id());
            if (index < 0 || index >= set.taskCount()) {
                throw new Refused(
                        404,
                        "evaluation " + id + " has no task " + index,
                        "its tasks are 0 to " + (set.taskCount() - 1));
            }
            List<StoredCandidate> candidates = ReadTasks.candidates(handle, evaluation.id(), index, OutputResult.TOP);
            List<Optional<Integer>> ranks = ReadTasks.solutionRanks(handle, evaluation.id(), index);
            return DescribeTask.describe(set, index, candidates, ranks);
        });
    }
}
