package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.ControlEvaluation;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.relay.OutboxRelay;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** What people do to an evaluation. */
@Path("/api/evaluations/{id}/{command}")
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
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Cancels, pauses, resumes or retries an evaluation",
            description =
                    "Solvers let go of its units after the improvement step that they are in. What is solved stays:"
                            + " resume and retry run the missing units alone. Asking for what is so already changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "the evaluation, as it is now",
            content = @Content(schema = @Schema(implementation = EvaluationView.class)))
    @APIResponse(responseCode = "404", description = "there is no such evaluation, or no such command")
    @APIResponse(responseCode = "409", description = "it is in a state in which that cannot be done")
    public EvaluationView control(
            @PathParam("id") String id,
            @PathParam("command")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"cancel", "pause", "resume", "retry"}))
                    String name) {
        Command command = command(name);
        UUID evaluation = evaluation(id);
        EvaluationView now = jdbi.inTransaction(handle -> {
            EvaluationView before = ReadEvaluations.byId(handle, evaluation).orElseThrow(() -> NoSuchEvaluation.of(id));
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

    private static Command command(String name) {
        return Arrays.stream(Command.values())
                .filter(command -> command.key().equals(name))
                .findAny()
                .orElseThrow(() -> new Refusal(
                        404,
                        "there is no command '" + name + "'",
                        "those there are: "
                                + Arrays.stream(Command.values())
                                        .map(Command::key)
                                        .collect(Collectors.joining(", "))));
    }

    private static UUID evaluation(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw NoSuchEvaluation.of(id);
        }
    }
}
