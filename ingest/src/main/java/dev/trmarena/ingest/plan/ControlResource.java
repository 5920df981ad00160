package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.db.plan.QueuedWork;
import dev.trmarena.http.admit.Sender;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.NotRunHere;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.connect.Prompt;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.relay.OutboxRelay;
import dev.trmarena.limits.Quote;
import dev.trmarena.messages.EvaluationState;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
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
import org.jdbi.v3.core.Handle;
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
    private final QueueLimit queueLimit;

    ControlResource(@Prompt Jdbi jdbi, OutboxRelay relay, Dispatcher dispatcher, QueueLimit queueLimit) {
        this.jdbi = jdbi;
        this.relay = relay;
        this.dispatcher = dispatcher;
        this.queueLimit = queueLimit;
    }

    @POST
    @Path("pause")
    @Operation(
            operationId = "pauseEvaluation",
            summary = "Pauses an evaluation: its units are taken back until it is resumed")
    public EvaluationView pause(@PathParam("id") String id) {
        return control(id, Command.PAUSE, (handle, before) -> {});
    }

    @POST
    @Path("resume")
    @Operation(
            operationId = "resumeEvaluation",
            summary = "Resumes an evaluation that was paused: the missing units run")
    public EvaluationView resume(@PathParam("id") String id) {
        return control(id, Command.RESUME, (handle, before) -> {});
    }

    @POST
    @Path("cancel")
    @Operation(
            operationId = "cancelEvaluation",
            summary = "Cancels an evaluation; what is solved stays, a retry goes on from there")
    public EvaluationView cancel(@PathParam("id") String id) {
        return control(id, Command.CANCEL, (handle, before) -> {});
    }

    @POST
    @Path("retry")
    @Operation(
            operationId = "retryEvaluation",
            summary = "Retries an evaluation that failed or was cancelled: the missing units run")
    @APIResponse(responseCode = "429", description = "as many evaluations wait as may, of yours or of all")
    public EvaluationView retry(@PathParam("id") String id, @Context RoutingContext context) {
        return control(
                id,
                Command.RETRY,
                (handle, before) -> mayRetry(handle, before, Sender.of(context).key()));
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

    /** Asked before anything is done; throws where it may not be. */
    private interface Condition {
        void check(Handle handle, EvaluationView before);
    }

    private EvaluationView control(String id, Command command, Condition condition) {
        UUID evaluation = evaluation(id);
        EvaluationView now = jdbi.inTransaction(handle -> {
            EvaluationView before = ReadEvaluations.byId(handle, evaluation).orElseThrow(() -> NoSuchEvaluation.of(id));
            if (before.answers() != null) {
                throw NotRunHere.of(id, command.key() + " it");
            }
            condition.check(handle, before);
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

    /** It waits once more, as one that is submitted does. */
    private void mayRetry(Handle handle, EvaluationView before, String sender) {
        if (before.state().endedEarly()) {
            ControlEvaluation.doneElsewhere(handle, before.id()).ifPresent(other -> refuseTwice(before, other));
            queueLimit.requireRoom(handle, sender, before.unitCount());
            QueuedWork.askedBy(handle, before.id(), sender);
        }
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
