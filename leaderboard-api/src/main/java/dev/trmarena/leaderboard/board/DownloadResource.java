package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.OutputRow;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.StoredCandidate;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.finish.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a finished evaluation leaves for other programs. */
@Tag(name = "Downloads")
@Path("/api/evaluations/{id}")
public class DownloadResource {
    private static final String NOT_FINISHED = "the evaluation is not finished";

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final TaskCache keptTasks;

    DownloadResource(Jdbi jdbi, OpenPuzzleSets puzzleSets, TaskCache keptTasks) {
        this.keptTasks = keptTasks;
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    @GET
    @Path("submission.json")
    @Operation(
            operationId = "downloadSubmission",
            summary = "ARC: two attempts for every test output, in the Kaggle format")
    @APIResponse(responseCode = "200", description = "the file", content = @Content(mediaType = "application/json"))
    @APIResponse(responseCode = "409", description = NOT_FINISHED)
    public Response submission(
            @PathParam("id") String id,
            @Parameter(description = "leave out test outputs without predictions, as the authors' evaluator does")
                    @QueryParam("asAuthors")
                    @DefaultValue("false")
                    boolean asAuthors) {
        byte[] json = jdbi.inTransaction(handle -> {
            EvaluationView evaluation = Lookup.finished(handle, id);
            PuzzleSet set = puzzleSets.of(handle, evaluation.id());
            Submission submission = set.submission(asAuthors)
                    .orElseThrow(() -> elsewhere(evaluation, "what it predicted is under predictions.npy"));
            var attempts = ReadTasks.candidates(handle, evaluation.id(), null, 2).stream()
                    .collect(Collectors.groupingBy(
                            candidate -> List.of(candidate.task(), candidate.output()),
                            Collectors.mapping(StoredCandidate::grid, Collectors.toList())));
            for (int task = 0; task < set.taskCount(); task++) {
                for (int output = 0; output < set.outputCount(task); output++) {
                    submission.add(set.taskName(task), attempts.getOrDefault(List.of(task, output), List.<Grid>of()));
                }
            }
            return submission.toJson();
        });
        return attached(json, "application/json", "submission.json");
    }

    @GET
    @Path("predictions.npy")
    @Operation(
            operationId = "downloadPredictions",
            summary = "Sudoku, maze and other sequences: the predicted tokens, uint8, examples × length")
    @APIResponse(
            responseCode = "200",
            description = "the file",
            content = @Content(mediaType = "application/octet-stream"))
    @APIResponse(responseCode = "409", description = NOT_FINISHED)
    public Response predictions(@PathParam("id") String id) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        int length = jdbi.withHandle(handle -> puzzleSets.of(handle, evaluation.id()))
                .tokensOfPrediction()
                .orElseThrow(() -> elsewhere(
                        evaluation,
                        "what it predicted is under predictions.jsonl, or under submission.json, ready for Kaggle"));
        StreamingOutput body = out -> {
            out.write(Npy.header("u1", evaluation.exampleCount(), length));
            jdbi.<IOException>useTransaction(handle -> writeCells(handle, evaluation, out));
        };
        return attached(body, "application/octet-stream", "predictions.npy");
    }

    @GET
    @Path("predictions.jsonl")
    @Operation(
            operationId = "downloadPredictionLines",
            summary = "Every set: an example a line, with its task, augmentation, halt logit and the grid that votes")
    @APIResponse(responseCode = "200", description = "the file", content = @Content(mediaType = "application/x-ndjson"))
    @APIResponse(responseCode = "409", description = NOT_FINISHED)
    public Response predictionLines(@PathParam("id") String id) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        PuzzleSet set = jdbi.withHandle(handle -> puzzleSets.of(handle, evaluation.id()));
        StreamingOutput body = out -> jdbi.<IOException>useTransaction(handle -> {
            try (Stream<ScoredPrediction> predictions = FinishEvaluations.predictions(handle, evaluation.id())) {
                new PredictionLines(set).write(predictions, out);
            }
        });
        return attached(body, "application/x-ndjson", "predictions.jsonl");
    }

    @GET
    @Path("tasks.csv")
    @Operation(
            operationId = "downloadTaskTable",
            summary = "Every set: a line each test output, with the verdict of its task, votes and halt scores")
    @APIResponse(responseCode = "200", description = "the file", content = @Content(mediaType = "text/csv"))
    @APIResponse(responseCode = "409", description = NOT_FINISHED)
    public Response tasks(@PathParam("id") String id) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        PuzzleSet set = jdbi.withHandle(handle -> puzzleSets.of(handle, evaluation.id()));
        StreamingOutput body = out -> jdbi.<IOException>useTransaction(handle -> {
            var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            List<TaskRow> tasks =
                    keptTasks.of(handle, evaluation.id(), set.manifest().kind());
            try (Stream<OutputRow> outputs = ReadTasks.outputs(handle, evaluation.id())) {
                new TaskTable(set).write(tasks, outputs, writer);
            }
        });
        return attached(body, "text/csv; charset=utf-8", "tasks.csv");
    }

    private static void writeCells(Handle handle, EvaluationView evaluation, OutputStream out) throws IOException {
        try (Stream<ScoredPrediction> predictions = FinishEvaluations.predictions(handle, evaluation.id())) {
            for (var each = predictions.iterator(); each.hasNext(); ) {
                out.write(each.next().grid().cells());
            }
        }
    }

    /** @param where to find what there is of such a set */
    private static Refusal elsewhere(EvaluationView evaluation, String where) {
        return new Refusal(
                404, "evaluation " + evaluation.id() + " is on a " + evaluation.puzzleSetKind() + " set", where);
    }

    /** @param body what is saved as a file of this name */
    private static Response attached(Object body, String type, String name) {
        return Response.ok(body, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
