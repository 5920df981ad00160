package dev.trmarena.leaderboard.browse;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.tally.ReadTally;
import dev.trmarena.db.tally.ReadTally.AnsweredCandidate;
import dev.trmarena.db.tally.StoredAnswer;
import dev.trmarena.db.tally.Tally;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.board.DescribeTask;
import dev.trmarena.leaderboard.board.EncodedGrid;
import dev.trmarena.leaderboard.browse.AskedSetTasks.Order;
import dev.trmarena.leaderboard.browse.AskedSetTasks.Size;
import dev.trmarena.leaderboard.browse.AskedSetTasks.SolvedBy;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.Paging;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tasks of a puzzle set, whether anybody was evaluated on it or not. */
@Tag(name = "Tasks")
@Path("/api/puzzle-sets/{name}/tasks")
public class SetTaskResource {
    private static final String FIND = "text to look for has 1 to 64 characters";
    private static final String COLOURS = "colours are digits from 0 to 9 with commas between them, ten at most";
    private static final int MOST_ANSWERS = 50;
    private static final String ANSWERS_LIMIT = "a limit is from 1 to " + MOST_ANSWERS;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;

    SetTaskResource(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    @GET
    @Operation(
            operationId = "listSetTasks",
            summary = "Some tasks of a puzzle set, each with how many models solved it and its first test input")
    @APIResponse(
            responseCode = "200",
            description = "a page of them",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SetTaskPage.class)))
    @APIResponse(responseCode = "404", description = "there is no such puzzle set")
    @APIResponse(responseCode = "409", description = "`solved` or `sort` needs solutions, which are hidden")
    public SetTaskPage page(
            @PathParam("name") String name,
            @Parameter(
                            description =
                                    "part of a task's name, of any case; where tasks have no names, the number of one, from 1")
                    @QueryParam("find")
                    @Pattern(regexp = "(?s).{1,64}", message = FIND)
                    @Nullable
                    String find,
            @Parameter(
                            description =
                                    "of ARC alone: by the longest side of a grid, small to 10 cells, medium to 20, large beyond",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"small", "medium", "large"}))
                    @QueryParam("size")
                    @Nullable
                    String size,
            @Parameter(description = "of ARC alone: colours that all occur, solutions left out, as in 1,8")
                    @QueryParam("colours")
                    @Pattern(regexp = "[0-9](,[0-9]){0,9}", message = COLOURS)
                    @Nullable
                    String colours,
            @Parameter(
                            description = "how many models solved it: nobody, one, or all that were evaluated here",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"nobody", "one", "all"}))
                    @QueryParam("solved")
                    @Nullable
                    String solved,
            @Parameter(
                            description =
                                    "number, or solved for what the fewest solved first; turned round with a minus sign before it",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"number", "-number", "solved", "-solved"}))
                    @QueryParam("sort")
                    @DefaultValue("number")
                    String sort,
            @Parameter(description = Paging.AFTER + "; of a page with the same filters and `sort`")
                    @QueryParam("after")
                    @Nullable
                    Integer after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue(Paging.USUAL)
                    @Min(value = 1, message = Paging.LIMIT_IS)
                    @Max(value = Paging.MOST, message = Paging.LIMIT_IS)
                    int limit) {
        boolean descending = sort.startsWith("-");
        Order order =
                Objects.requireNonNull(AskedSetTasks.word("sort", descending ? sort.substring(1) : sort, Order.class));
        SolvedBy solvedBy = AskedSetTasks.word("solved", solved, SolvedBy.class);
        Size ofSize = AskedSetTasks.word("size", size, Size.class);
        PuzzleSetView view = jdbi.withHandle(handle -> Lookup.puzzleSet(handle, name));
        PuzzleSet set = puzzleSets.byManifest(view.digest());
        boolean hidden = set.manifest().solutionsHidden();
        if (hidden && (solvedBy != null || order == Order.SOLVED)) {
            throw new Refusal(
                    409,
                    "nobody here knows which tasks are solved: the solutions of " + name + " are hidden",
                    "leave `solved` out, and sort by number");
        }
        AskedSetTasks asked = AskedSetTasks.of(set, find, ofSize, colours);
        return jdbi.withHandle(handle -> {
            Tally tally = ReadTally.of(handle, name).orElse(null);
            var pick = new PickTasks(name, set.taskCount(), tally, asked, solvedBy, order, descending);
            // One more tells whether there is another page.
            PickTasks.Picked picked = pick.page(handle, after, limit + 1);
            List<Integer> tasks = Paging.page(picked.tasks(), limit);
            Map<Integer, Integer> solvers = tally == null ? Map.of() : ReadTally.solved(handle, name, tasks);
            return new SetTaskPage(
                    view.kind(),
                    picked.total(),
                    tally == null ? 0 : tally.evaluations(),
                    hidden,
                    tasks.stream()
                            .map(task -> item(set, task, solvedOf(solvers, task, tally)))
                            .toList(),
                    Paging.next(picked.tasks(), limit, task -> task));
        });
    }

    private static SetTaskPage.ListedTask item(PuzzleSet set, int task, int solved) {
        Grid input = set.taskInput(task, 0);
        Integer colours = set.match(arc -> (Integer) arc.look(task).colourCount(), numbered -> null);
        return new SetTaskPage.ListedTask(
                task,
                set.taskId(task),
                set.taskName(task),
                solved,
                set.outputCount(task),
                input.rows(),
                input.columns(),
                colours,
                EncodedGrid.of(input));
    }

    /** While a set is counted anew, some tasks are ahead of what was counted before. */
    private static int solvedOf(Map<Integer, Integer> solvers, int task, @Nullable Tally tally) {
        return tally == null ? 0 : Math.min(tally.evaluations(), solvers.getOrDefault(task, 0));
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getSetTask",
            summary = "One task of a puzzle set: demonstrations, test inputs and solutions")
    @APIResponse(
            responseCode = "200",
            description = "the task",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = SetTask.class)))
    @APIResponse(responseCode = "404", description = "there is no such puzzle set, or no such task in it")
    public SetTask one(
            @PathParam("name") String name,
            @Parameter(description = "its name, or where tasks have none its number from 1") @PathParam("id")
                    String id) {
        PuzzleSetView view = jdbi.withHandle(handle -> Lookup.puzzleSet(handle, name));
        PuzzleSet set = puzzleSets.byManifest(view.digest());
        int task = task(set, name, id);
        Tally tally = jdbi.withHandle(handle -> ReadTally.of(handle, name)).orElse(null);
        Map<Integer, Integer> solvers =
                tally == null ? Map.of() : jdbi.withHandle(handle -> ReadTally.solved(handle, name, List.of(task)));
        return new SetTask(
                task,
                set.taskId(task),
                set.taskName(task),
                view.kind(),
                tally == null ? 0 : tally.evaluations(),
                solvedOf(solvers, task, tally),
                set.manifest().solutionsHidden(),
                DescribeTask.demonstrations(set, task),
                IntStream.range(0, set.outputCount(task))
                        .mapToObj(output -> output(set, task, output))
                        .toList(),
                task == 0 ? null : set.taskId(task - 1),
                task == set.taskCount() - 1 ? null : set.taskId(task + 1));
    }

    private static SetTask.UnansweredOutput output(PuzzleSet set, int task, int output) {
        Grid solution = DescribeTask.solution(set, task, output);
        return new SetTask.UnansweredOutput(
                output,
                EncodedGrid.of(set.taskInput(task, output)),
                solution == null ? null : EncodedGrid.of(solution),
                set.ignoredCell());
    }

    @GET
    @Path("{id}/answers")
    @Operation(
            operationId = "listSetTaskAnswers",
            summary = "What some models answered to a task, each in its best evaluation on the set, the best first")
    @APIResponse(
            responseCode = "200",
            description = "a page of them",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SetTaskAnswers.class)))
    @APIResponse(responseCode = "404", description = "there is no such puzzle set, or no such task in it")
    public SetTaskAnswers answers(
            @PathParam("name") String name,
            @Parameter(description = "its name, or where tasks have none its number from 1") @PathParam("id") String id,
            @Parameter(description = Paging.AFTER) @QueryParam("after") @DefaultValue("0") int after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue("20")
                    @Min(value = 1, message = ANSWERS_LIMIT)
                    @Max(value = MOST_ANSWERS, message = ANSWERS_LIMIT)
                    int limit) {
        PuzzleSetView view = jdbi.withHandle(handle -> Lookup.puzzleSet(handle, name));
        PuzzleSet set = puzzleSets.byManifest(view.digest());
        int task = task(set, name, id);
        return jdbi.withHandle(handle -> {
            List<StoredAnswer> stored = ReadTally.answers(handle, name, task, after, limit + 1);
            List<AnsweredCandidate> candidates = ReadTally.candidates(
                    handle,
                    stored.stream().map(StoredAnswer::evaluation).distinct().toList(),
                    task,
                    set.manifest().kind().attempts());
            List<SetTaskAnswers.ModelAnswer> answers = new DescribeAnswers(set, task, candidates).of(stored);
            return new SetTaskAnswers(
                    Paging.page(answers, limit), Paging.next(answers, limit, SetTaskAnswers.ModelAnswer::place));
        });
    }

    private static int task(PuzzleSet set, String name, String id) {
        return set.taskOfId(id)
                .orElseThrow(() -> new Refusal(
                        404,
                        name + " has no task '" + Quote.of(id) + "'",
                        set.match(
                                arc -> "its tasks are called as their files call them, the first one "
                                        + Quote.of(arc.taskId(0)),
                                numbered -> "its tasks are 1 to " + numbered.taskCount())));
    }
}
