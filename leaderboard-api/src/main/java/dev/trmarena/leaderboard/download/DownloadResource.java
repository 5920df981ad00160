package dev.trmarena.leaderboard.download;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.OutputRow;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.StoredCandidate;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.set.PuzzleSet;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What a finished evaluation leaves for other programs. */
@Tag(name = "Downloads")
@Path("/api/evaluations/{id}")
@Blocking
public class DownloadResource {
    private static final String NOT_FINISHED = "the evaluation is not finished";
    private static final String TOO_MANY = "too many downloads go on; Retry-After says when to try again";

    /** Of a piece, about: what a slow reader has the service keep. */
    private static final int PIECE_BYTES = 1 << 18;

    /** Of a line of the table, about. */
    private static final int LINE_BYTES = 128;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final SendPieces pieces;

    DownloadResource(Jdbi jdbi, OpenPuzzleSets puzzleSets, SendPieces pieces) {
        this.pieces = pieces;
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
    @APIResponse(responseCode = "503", description = TOO_MANY)
    @Produces("application/json")
    public RestMulti<byte[]> submission(
            @PathParam("id") String id,
            @Parameter(description = "leave out test outputs without predictions, as the authors' evaluator does")
                    @QueryParam("asAuthors")
                    @DefaultValue("false")
                    boolean asAuthors,
            @Context HttpServerRequest request) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        Submission submission = set.submission(asAuthors)
                .orElseThrow(() -> elsewhere(evaluation, "what it predicted is under predictions.npy"));
        var pages = new Pages<SubmissionPieces.Attempts>(
                jdbi,
                evaluation.id(),
                PIECE_BYTES / SubmissionPieces.OUTPUT_BYTES,
                (handle, last, limit) -> attempts(handle, evaluation.id(), last, limit));
        return pieces.sendJson("submission.json", request, new SubmissionPieces(set, submission, pages));
    }

    private static List<SubmissionPieces.Attempts> attempts(
            Handle handle, UUID evaluation, SubmissionPieces.@Nullable Attempts last, int limit) {
        List<OutputRow> outputs = ReadTasks.outputs(
                handle, evaluation, last == null ? -1 : last.task(), last == null ? -1 : last.output(), limit);
        if (outputs.isEmpty()) {
            return List.of();
        }
        var best = ReadTasks.candidates(handle, evaluation, outputs.get(0), outputs.get(outputs.size() - 1), 2).stream()
                .collect(Collectors.groupingBy(
                        candidate -> List.of(candidate.task(), candidate.output()),
                        Collectors.mapping(StoredCandidate::grid, Collectors.toList())));
        return outputs.stream()
                .map(output -> new SubmissionPieces.Attempts(
                        output.task(),
                        output.output(),
                        best.getOrDefault(List.of(output.task(), output.output()), List.of())))
                .toList();
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
    @APIResponse(responseCode = "503", description = TOO_MANY)
    @Produces("application/octet-stream")
    public RestMulti<byte[]> predictions(@PathParam("id") String id, @Context HttpServerRequest request) {
        EvaluationView evaluation =
                jdbi.withHandle(handle -> Lookup.run(handle, id, "have predictions of its examples"));
        int length = puzzleSets
                .of(jdbi, evaluation.id())
                .tokensOfPrediction()
                .orElseThrow(() -> elsewhere(
                        evaluation,
                        "what it predicted is under predictions.jsonl, or under submission.json, ready for Kaggle"));
        Pages<ScoredPrediction> pages = predictions(evaluation, length);
        Supplier<byte[]> cells = () -> written(out -> {
            for (ScoredPrediction prediction : pages.next()) {
                out.write(prediction.grid().cells());
            }
        });
        byte[] header = Npy.header("u1", evaluation.exampleCount(), length);
        return pieces.send("predictions.npy", request, new Headed(header, cells));
    }

    @GET
    @Path("predictions.jsonl")
    @Operation(
            operationId = "downloadPredictionLines",
            summary = "Every set: an example a line, with its task, augmentation, halt logit and the grid that votes")
    @APIResponse(responseCode = "200", description = "the file", content = @Content(mediaType = "application/x-ndjson"))
    @APIResponse(responseCode = "409", description = NOT_FINISHED)
    @APIResponse(responseCode = "503", description = TOO_MANY)
    @Produces("application/x-ndjson")
    public RestMulti<byte[]> predictionLines(@PathParam("id") String id, @Context HttpServerRequest request) {
        EvaluationView evaluation =
                jdbi.withHandle(handle -> Lookup.run(handle, id, "have predictions of its examples"));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        var lines = new PredictionLines(set);
        Pages<ScoredPrediction> pages =
                predictions(evaluation, PredictionLines.bytes(set.manifest().seqLen()));
        return pieces.send("predictions.jsonl", request, () -> written(out -> lines.write(pages.next(), out)));
    }

    @GET
    @Path("tasks.csv")
    @Operation(
            operationId = "downloadTaskTable",
            summary = "Every set: a line each test output, with the verdict of its task, votes and halt scores")
    @APIResponse(responseCode = "200", description = "the file", content = @Content(mediaType = "text/csv"))
    @APIResponse(responseCode = "409", description = NOT_FINISHED)
    @APIResponse(responseCode = "503", description = TOO_MANY)
    @Produces("text/csv; charset=utf-8")
    public RestMulti<byte[]> tasks(@PathParam("id") String id, @Context HttpServerRequest request) {
        EvaluationView evaluation = jdbi.withHandle(handle -> Lookup.finished(handle, id));
        PuzzleSet set = puzzleSets.of(jdbi, evaluation.id());
        var table = new TaskTable(set);
        var pages = new Pages<TaskTable.Line>(
                jdbi,
                evaluation.id(),
                PIECE_BYTES / LINE_BYTES,
                (handle, last, limit) -> table.read(handle, evaluation.id(), last, limit));
        Supplier<byte[]> lines = () -> table.text(pages.next()).getBytes(StandardCharsets.UTF_8);
        byte[] header = TaskTable.header().getBytes(StandardCharsets.UTF_8);
        return pieces.send("tasks.csv", request, new Headed(header, lines));
    }

    /** @param bytes that a prediction becomes, about */
    private Pages<ScoredPrediction> predictions(EvaluationView evaluation, int bytes) {
        return new Pages<>(
                jdbi,
                evaluation.id(),
                Math.max(1, PIECE_BYTES / bytes),
                (handle, last, limit) -> FinishEvaluations.predictions(
                        handle, evaluation.id(), last == null ? -1 : last.example(), limit));
    }

    /** The header of a file, then the rest. */
    private static final class Headed implements Supplier<byte[]> {
        private final Supplier<byte[]> rest;
        private byte @Nullable [] header;

        Headed(byte[] header, Supplier<byte[]> rest) {
            this.header = header;
            this.rest = rest;
        }

        @Override
        public byte[] get() {
            byte[] first = header;
            header = null;
            return first == null ? rest.get() : first;
        }
    }

    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        try {
            var out = new ByteArrayOutputStream();
            writing.to(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param where to find what there is of such a set */
    private static Refusal elsewhere(EvaluationView evaluation, String where) {
        return new Refusal(
                404, "evaluation " + evaluation.id() + " is on a " + evaluation.puzzleSetKind() + " set", where);
    }
}
