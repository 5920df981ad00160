package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.http.refuse.NotRunHere;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.leaderboard.serve.TagAnswers;
import dev.trmarena.limits.Quote;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
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

/** An evaluation in the forms in which others collect scores. */
@Tag(name = "Downloads")
@Path("/api/evaluations/{id}")
public class ReportResource {
    private static final String NO_SCORES = "the evaluation is not finished, or its set hides its solutions";
    static final String UNCHANGED = "it still is the one that If-None-Match names by its ETag";

    /** An address that a model card may name; what else it holds is text there. */
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S{1,500}");

    private final Jdbi jdbi;
    private final ObjectMapper json;

    ReportResource(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    @GET
    @Path("every-eval-ever.json")
    @Operation(
            operationId = "getEveryEvalEver",
            summary = "A finished evaluation as a record of Every Eval Ever, version " + EveryEvalEver.VERSION)
    @APIResponse(
            responseCode = "200",
            description = "the record",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Object.class)))
    @APIResponse(responseCode = "304", description = UNCHANGED)
    @APIResponse(responseCode = "409", description = NO_SCORES)
    public Response evaluation(@PathParam("id") String id, @Context Request request) throws IOException {
        ObjectNode record = jdbi.withHandle(handle -> {
            EvaluationView evaluation = scored(handle, id);
            if (evaluation.answers() != null) {
                throw NotRunHere.of(id, "record it as a run");
            }
            return EveryEvalEver.of(evaluation, set(handle, evaluation));
        });
        return answer(json.writeValueAsBytes(record), MediaType.APPLICATION_JSON, request);
    }

    @GET
    @Path("model-index.yaml")
    @Operation(
            operationId = "getModelIndex",
            summary = "A finished evaluation as `model-index`, to paste between the dashes of a model card")
    @APIResponse(responseCode = "200", description = "YAML", content = @Content(mediaType = "application/yaml"))
    @APIResponse(responseCode = "304", description = UNCHANGED)
    @APIResponse(responseCode = "409", description = NO_SCORES)
    public Response modelIndex(
            @PathParam("id") String id,
            @Parameter(
                            description =
                                    "where people find the evaluation, http or https: the card then names it as its source")
                    @QueryParam("source")
                    @Nullable
                    String source,
            @Context Request request) {
        if (source != null && !ADDRESS.matcher(source).matches()) {
            throw new Refusal(
                    400,
                    "source: '" + Quote.of(source) + "' is no address",
                    "send one that begins with http:// or https://, without blanks, or none");
        }
        String yaml = jdbi.withHandle(handle -> {
            EvaluationView evaluation = scored(handle, id);
            return ModelIndex.of(evaluation, set(handle, evaluation), source);
        });
        return answer(yaml.getBytes(StandardCharsets.UTF_8), "application/yaml;charset=utf-8", request);
    }

    private static EvaluationView scored(Handle handle, String id) {
        EvaluationView evaluation = Lookup.finished(handle, id);
        if (evaluation.scores().isEmpty()) {
            throw new Refusal(
                    409,
                    "evaluation " + id + " has no scores: the solutions of " + evaluation.puzzleSet() + " are hidden",
                    "hand its submission in where they are known");
        }
        return evaluation;
    }

    private static PuzzleSetView set(Handle handle, EvaluationView evaluation) {
        return Lookup.puzzleSet(handle, evaluation.puzzleSet());
    }

    static Response answer(byte[] body, String type, Request request) {
        EntityTag tag = TagAnswers.of(body);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(body, type) : unchanged)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }
}
