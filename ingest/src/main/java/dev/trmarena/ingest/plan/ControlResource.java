package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.relay.OutboxRelay;
import dev.trmarena.limits.Quote;
import dev.trmarena.messages.EvaluationState;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** What people do to an evaluation. */
@Tag(name = "Evaluations")
@Path("/api/evaluations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
        responseCode = "200",
        description =
                "the evaluation, as it is now. Solvers let go of its units after the improvement step that they are in; asking for"
                        + " what is so already changes nothing",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = EvaluationView.class)))
@APIResponse(responseCode = "409", description = "the evaluation is in a state in which that cannot be done")
class ControlResource {
    private static final Logger LOG = Logger.getLogger(ControlResource.class);

    private final Jdbi jdbi;
    private final OutboxRelay relay;
    private final Dispatcher dispatcher;

    ControlResource(Jdbi jdbi, OutboxRelay relay, Dispatcher dispatcher) {
        this.jdbi = jdbi;
        this.relay = relay;
        this.dispatcher = dispatcher;
    }

    @POST
    @Path("pause")
    @Operation(
            operationId = "pauseEvaluation",
            summary = "Pauses an evaluation: its units are taken back until it is resumed")
    public EvaluationView pause(@PathParam("id") String id) {
        return control(id, Command.PAUSE);
    }

    @POST
    @Path("resume")
    @Operation(
            operationId = "resumeEvaluation",
            summary = "Resumes an evaluation that was paused: the missing units run")
    public EvaluationView resume(@PathParam("id") String id) {
        return control(id, Command.RESUME);
    }

    @POST
    @Path("cancel")
    @Operation(
            operationId = "cancelEvaluation",
            summary = "Cancels an evaluation; what is solved stays, a retry goes on from there")
    public EvaluationView cancel(@PathParam("id") String id) {
        return control(id, Command.CANCEL);
    }

    @POST
    @Path("retry")
    @Operation(
            operationId = "retryEvaluation",
            summary = "Retries an evaluation that failed or was cancelled: the missing units run")
    public EvaluationView retry(@PathParam("id") String id) {
        return control(id, Command.RETRY);
    }

    /** Whatever else somebody asks for is none of these, and the answer names them. */
    @POST
    @Path("{command}")
    @Operation(hidden = true)
    public EvaluationView unknown(@PathParam("id") String id, @PathParam("command") String name) {
        throw new Refusal(
                404,
                "there is no command '" + Quote.of(name) + "'",
                "those there are: "
                        + Arrays.stream(Command.values()).map(Command::key).collect(Collectors.joining(", ")));
    }

    private EvaluationView control(String id, Command command) {
        UUID evaluation = evaluation(id);
        EvaluationView now = jdbi.inTransaction(handle -> {
            EvaluationView before = ReadEvaluations.byId(handle, evaluation).orElseThrow(() -> NoSuchEvaluation.of(id));
            if (command == Command.RETRY && before.state().endedEarly()) {
                ControlEvaluation.doneElsewhere(handle, evaluation).ifPresent(other -> refuseTwice(before, other));
            }
            Optional<EvaluationState> forbids = ControlEvaluation.control(handle, evaluation, command);
            if (forbids.isPresent() && !command.isDone(forbids.get())) {
                throw new Refusal(
                        409,
                        "the evaluation of " + before.model() + " is " + forbids.get(),
                        command.key() + " is for evaluations that are "
                                + command.from().stream()
                                        .map(EvaluationState::key)
                                        .collect(Collectors.joining(" or ")));
            }
            return ReadEvaluations.byId(handle, evaluation).orElseThrow(() -> NoSuchEvaluation.of(id));
        });
        relay.wake();
        dispatcher.wake();
        LOG.infof("evaluation %s: %s; it is %s", evaluation, command.key(), now.state());
        return now;
    }

    private static void refuseTwice(EvaluationView before, UUID other) {
        throw new Refusal(
                409,
                "the same work was submitted again after this evaluation was over: it is evaluation " + other,
                "open that one; to have it confirmed, run it again (rerun " + other + " --again). This one stays "
                        + before.state());
    }

    private static UUID evaluation(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw NoSuchEvaluation.of(id);
        }
    }
}
