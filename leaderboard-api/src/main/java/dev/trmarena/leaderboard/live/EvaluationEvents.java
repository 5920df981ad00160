package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.http.refuse.Refusal;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events of one name; the data is the evaluation as GET answers it. The next event is made when the one before has
 * gone to the network; what happens until then is kept as {@link EventStream} says.
 */
@Singleton
public class EvaluationEvents {
    /** Of every event that has data. */
    public static final String NAME = "evaluation";

    /** Of what the documents say of the 503. */
    static final String TOO_MANY = "too many streams are open; Retry-After says when to try again";

    static final int MOST_STREAMS = 500;

    private final EvaluationChanges changes;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    /** By which a stream lags: a test lets it stand still. */
    LongSupplier nanoTime = System::nanoTime;

    EvaluationEvents(EvaluationChanges changes) {
        this.changes = changes;
    }

    /** @throws Refusal 503 when there are too many streams */
    Multi<OutboundSseEvent> ofAll(Sse sse, HttpServerRequest request) {
        return sent(opened(null, request), sse);
    }

    /**
     * Until the evaluation is over.
     *
     * @param now reads how it is
     * @throws Refusal 503 when there are too many streams
     */
    Multi<OutboundSseEvent> ofOne(UUID evaluation, Supplier<EvaluationView> now, Sse sse, HttpServerRequest request) {
        // First listen, then look: what changes in between is not missed.
        EventStream stream = opened(evaluation, request);
        try {
            stream.begins(now.get());
        } catch (RuntimeException e) {
            ended(stream);
            throw e;
        }
        return sent(stream, sse);
    }

    private EventStream opened(@Nullable UUID only, HttpServerRequest request) {
        return opened(only, () -> request.connection().close());
    }

    EventStream opened(@Nullable UUID only, Runnable disconnect) {
        var stream = new EventStream(
                only,
                lagging -> {
                    ended(lagging);
                    disconnect.run();
                },
                nanoTime);
        synchronized (open) {
            if (open.size() >= MOST_STREAMS) {
                throw new Refusal(
                        503,
                        "there are " + MOST_STREAMS + " streams of events, as many as may",
                        "try again in a moment");
            }
            open.add(stream);
        }
        changes.add(stream);
        return stream;
    }

    private Multi<OutboundSseEvent> sent(EventStream stream, Sse sse) {
        return Multi.createFrom()
                .publisher(stream)
                .map(state -> state.map(evaluation -> event(sse, evaluation)).orElseGet(() -> comment(sse)))
                .onTermination()
                .invoke(() -> ended(stream));
    }

    void ended(EventStream stream) {
        changes.remove(stream);
        open.remove(stream);
    }

    /** The streams that are open now. */
    List<EventStream> open() {
        return List.copyOf(open);
    }

    private static OutboundSseEvent event(Sse sse, EvaluationView evaluation) {
        return sse.newEventBuilder()
                .name(NAME)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(evaluation)
                .build();
    }

    private static OutboundSseEvent comment(Sse sse) {
        return sse.newEventBuilder().comment("still here").build();
    }
}
