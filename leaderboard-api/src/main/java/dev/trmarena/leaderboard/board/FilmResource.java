package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadSteps;
import dev.trmarena.http.refuse.Refused;
import dev.trmarena.leaderboard.finish.OpenPuzzleSets;
import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.score.WrongCells;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The recursion, step by step, for the tasks whose steps were kept. */
@Path("/api/evaluations/{id}/tasks/{index}/film")
public class FilmResource {
    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;

    FilmResource(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    @GET
    @Operation(
            summary =
                    "The answer after each improvement step, for the example that shows the task as it is; no frames where they"
                            + " were not kept")
    public Film film(
            @PathParam("id") String id,
            @PathParam("index") int index,
            @Parameter(description = "which test output of the task, from 0") @QueryParam("output") @DefaultValue("0")
                    int output) {
        return jdbi.inTransaction(handle -> {
            EvaluationView evaluation = Find.finished(handle, id);
            PuzzleSet set = puzzleSets.of(handle, evaluation.id());
            if (index < 0 || index >= set.taskCount() || output < 0 || output >= set.outputCount(index)) {
                throw new Refused(
                        404,
                        "evaluation " + id + " has no task " + index + " with a test output " + output,
                        "its tasks are 0 to " + (set.taskCount() - 1));
            }
            List<ReadSteps.Frame> frames = frames(handle, evaluation, set, index, output);
            return film(set, index, output, frames);
        });
    }

    /** Tasks have several test inputs, and equal ones share their votes: the grid tells which this is. */
    private static List<ReadSteps.Frame> frames(
            Handle handle, EvaluationView evaluation, PuzzleSet set, int task, int output) {
        Grid input = set.taskInput(task, output);
        List<Integer> examples = ReadSteps.filmed(handle, evaluation.id()).stream()
                .filter(example -> Integer.valueOf(task).equals(set.taskOf(example))
                        && (set.manifest().kind() != PuzzleKind.ARC
                                || set.originalInput(example).equals(input)))
                .limit(1)
                .toList();
        return ReadSteps.film(handle, evaluation.id(), examples);
    }

    private static Film film(PuzzleSet set, int task, int output, List<ReadSteps.Frame> frames) {
        Grid solution = set.manifest().solutionsHidden() ? null : set.solution(task, output);
        Integer ignored = DescribeTask.ignored(set);
        return new Film(
                frames.isEmpty() ? null : frames.get(0).example(),
                frames.stream()
                        .map(frame -> {
                            Integer wrong =
                                    solution == null ? null : WrongCells.between(frame.grid(), solution, ignored);
                            return new Film.Frame(
                                    frame.step(),
                                    EncodedGrid.of(frame.grid()),
                                    frame.qHalt(),
                                    solution == null ? null : Boolean.valueOf(wrong != null && wrong == 0),
                                    wrong);
                        })
                        .toList());
    }
}
