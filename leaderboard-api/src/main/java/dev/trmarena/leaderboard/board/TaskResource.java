package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ListTasks;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.StoredCandidate;
import dev.trmarena.db.board.TaskCounts;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.db.board.TaskSelection;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.Paging;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tasks of a finished evaluation, down to every grid. */
@Tag(name = "Tasks")
@Path("/api/evaluations/{id}/tasks")
public class TaskResource {
    private static final int MOST = 500;
    private static final String LIMIT = "a limit is from 1 to " + MOST;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final CountedTasks counted;

    TaskResource(Jdbi jdbi, OpenPuzzleSets puzzleSets, CountedTasks counted) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.counted = counted;
    }

    @GET
    @Operation(
            operationId = "listTasks",
            summary = "Some tasks, each with its verdict and its first attempt as a thumbnail")
    @APIResponse(
            responseCode = "200",
            description = "a page of them",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TaskPage.class)))
    @APIResponse(
            responseCode = "409",
            description = "the evaluation is not finished, or `only` or `sort` needs solutions, which are hidden")
    public TaskPage page(
            @PathParam("id") String id,
            @Parameter(description = Paging.AFTER + "; of a page with the same `only` and `sort`")
                    @QueryParam("after")
                    @Nullable
                    Integer after,
            @Parameter(
                            description = "so many tasks are skipped: for whoever wants one in the middle",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("offset")
                    @DefaultValue("0")
                    @Min(value = 0, message = "an offset is at least 0")
                    int offset,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue("60")
                    @Min(value = 1, message = LIMIT)
                    @Max(value = MOST, message = LIMIT)
                    int limit,
            @Parameter(
                            description =
                                    "right or wrong, within the attempts of the set's kind, or a verdict: first, second, later, "
                                            + "partly, never (ARC); all when absent")
                    @QueryParam("only")
                    @Nullable
                    String only,
            @Parameter(
                            description =
                                    "number, name, verdict, votes, halt or cells, with a minus sign before it for the"
                                            + " greatest first; by number when absent")
                    @QueryParam("sort")
                    @Nullable
                    String sort) {
        AskedTasks.Order order = AskedTasks.Order.of(sort);
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        boolean hidden = set.manifest().solutionsHidden();
        if (hidden && (only != null || order.by().needsSolutions())) {
            throw new Refusal(
                    409,
                    "nobody here knows which tasks are right: the solutions of " + evaluation.puzzleSet()
                            + " are hidden",
                    "leave `only` out for all tasks, and sort by number, name, votes or halt");
        }
        TaskSelection selection = AskedTasks.of(set, only, order);
        var tasks = new ListTasks(set.manifest());
        TaskCounts counts = counted.of(evaluation.id(), tasks);
        // One more tells whether there is another page.
        List<TaskRow> found = jdbi.withHandle(handle -> tasks.page(
                handle,
                evaluation.id(),
                selection,
                after == null ? null : place(handle, tasks, evaluation, selection, after),
                offset,
                limit + 1));
        return new TaskPage(
                counts.of(selection),
                counts.right(),
                hidden ? 0 : counts.all() - counts.right(),
                hidden ? List.of() : verdicts(set.manifest().kind(), counts),
                hidden,
                summaries(evaluation, set, Paging.page(found, limit)),
                Paging.next(found, limit, TaskRow::task));
    }

    private static ListTasks.Place place(
            Handle handle, ListTasks tasks, EvaluationView evaluation, TaskSelection selection, int task) {
        return tasks.place(handle, evaluation.id(), selection, task)
                .orElseThrow(() -> new Refusal(
                        400,
                        "task " + task + " is none of these",
                        "`after` is the `next` of the page before, with the same `only`; leave it out for the first"
                                + " page"));
    }

    private static List<TaskPage.Share> verdicts(PuzzleKind kind, TaskCounts counts) {
        return kind.verdicts().stream()
                .map(verdict -> new TaskPage.Share(verdict, counts.of(verdict)))
                .toList();
    }

    private List<TaskPage.Summary> summaries(EvaluationView evaluation, PuzzleSet set, List<TaskRow> rows) {
        Map<Integer, EncodedGrid> thumbnails = new HashMap<>();
        List<Integer> tasks = rows.stream().map(TaskRow::task).toList();
        jdbi.withHandle(handle -> ReadTasks.firstAttempts(handle, evaluation.id(), tasks))
                .forEach(attempt -> thumbnails.put(attempt.task(), EncodedGrid.of(attempt.grid())));
        boolean hidden = set.manifest().solutionsHidden();
        return rows.stream()
                .map(row -> new TaskPage.Summary(
                        row.task(),
                        set.taskName(row.task()),
                        row.outputs(),
                        row.solved(),
                        hidden ? null : row.verdict(),
                        row.solutionRank(),
                        row.wrongCells(),
                        row.rightCells(),
                        row.votes(),
                        row.meanHalt(),
                        thumbnails.get(row.task())))
                .toList();
    }

    @GET
    @Path("{index}")
    @Operation(operationId = "getTask", summary = "One task: demonstrations, inputs, solutions and the best candidates")
    @APIResponse(
            responseCode = "200",
            description = "the task",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TaskDetail.class)))
    @APIResponse(responseCode = "409", description = "the evaluation is not finished")
    public TaskDetail one(@PathParam("id") String id, @PathParam("index") int index) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        if (index < 0 || index >= set.taskCount()) {
            throw new Refusal(
                    404, "evaluation " + id + " has no task " + index, "its tasks are 0 to " + (set.taskCount() - 1));
        }
        List<StoredCandidate> candidates =
                jdbi.withHandle(handle -> ReadTasks.candidates(handle, evaluation.id(), index, OutputResult.TOP));
        List<Optional<Integer>> ranks =
                jdbi.withHandle(handle -> ReadTasks.solutionRanks(handle, evaluation.id(), index));
        return DescribeTask.describe(set, index, candidates, ranks);
    }
}
