package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.leaderboard.serve.Lookup;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Live events of one evaluation. A resource of its own: JAX-RS looks for a path in one class only. */
@Tag(name = "Live events")
@Path("/api/evaluations/{id}/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Blocking
public class EventResource {
    private final Jdbi jdbi;
    private final EvaluationEvents events;

    EventResource(Jdbi jdbi, EvaluationEvents events) {
        this.jdbi = jdbi;
        this.events = events;
    }

    @GET
    @Operation(
            operationId = "followEvaluation",
            summary = "One evaluation: as it is now, whenever it changes, until it is over")
    @APIResponse(
            responseCode = "200",
            description = "events named " + EvaluationEvents.NAME + ", each with one of these",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EvaluationView.class)))
    public Multi<OutboundSseEvent> one(@PathParam("id") String id, @Context Sse sse) {
        UUID evaluation =
                jdbi.withHandle(handle -> Lookup.evaluation(handle, id)).id();
        return Multi.createFrom().emitter(emitter -> {
            var tell = new TellOnce(emitter, sse);
            // First listen, then look: what changes in between is told twice at most, and TellOnce says it once.
            events.listen(emitter, sse, changed -> {
                if (changed.id().equals(evaluation)) {
                    tell.accept(changed);
                }
            });
            tell.accept(jdbi.withHandle(handle -> Lookup.evaluation(handle, id)));
        });
    }

    /** Leaves out repetitions, and completes after the last state. */
    private static final class TellOnce implements Consumer<EvaluationView> {
        private final MultiEmitter<? super OutboundSseEvent> emitter;
        private final Sse sse;
        private @Nullable EvaluationView last;

        TellOnce(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse) {
            this.emitter = emitter;
            this.sse = sse;
        }

        @Override
        public synchronized void accept(EvaluationView evaluation) {
            if (evaluation.equals(last) || (last != null && last.state().isOver())) {
                return;
            }
            last = evaluation;
            emitter.emit(EvaluationEvents.event(sse, evaluation));
            if (evaluation.state().isOver()) {
                emitter.complete();
            }
        }
    }
}
