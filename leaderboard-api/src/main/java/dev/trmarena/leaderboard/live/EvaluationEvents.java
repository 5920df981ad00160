package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.function.Consumer;

/** Server-sent events of one name; the data is the evaluation as GET answers it. */
@Singleton
public class EvaluationEvents {
    /** Of every event that has data. */
    public static final String NAME = "evaluation";

    private final EvaluationChanges changes;

    EvaluationEvents(EvaluationChanges changes) {
        this.changes = changes;
    }

    /** Tells of every change until the listener is gone; a comment now and then shows whether it is. */
    void listen(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse, Consumer<EvaluationView> changed) {
        var listener = new EvaluationChanges.Listener() {
            @Override
            public void changed(EvaluationView evaluation) {
                changed.accept(evaluation);
            }

            @Override
            public void stillHere() {
                emitter.emit(comment(sse));
            }
        };
        emitter.onTermination(() -> changes.remove(listener));
        changes.add(listener);
    }

    static OutboundSseEvent event(Sse sse, EvaluationView evaluation) {
        return sse.newEventBuilder()
                .name(NAME)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(evaluation)
                .build();
    }

    static OutboundSseEvent comment(Sse sse) {
        return sse.newEventBuilder().comment("still here").build();
    }
}
