package dev.trmarena.arena.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.messages.EvaluationState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows an evaluation by its live events until it is over. A connection that breaks is opened again, and a platform whose
 * parts are just starting is asked again.
 */
public final class WatchEvaluation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 1_000;

    private final ArenaClient client;

    public WatchEvaluation(ArenaClient client) {
        this.client = client;
    }

    /**
     * @param seen gets the evaluation at once and whenever it changed
     * @return the evaluation in its final state
     * @throws ArenaProblem when the platform cannot be reached for two minutes, or does not know the evaluation
     */
    public JsonNode until(String evaluation, Consumer<JsonNode> seen) throws InterruptedException {
        String path = "/api/evaluations/" + ArenaClient.segment(evaluation) + "/events";
        long lastAnswer = System.nanoTime();
        while (true) {
            try (Stream<String> lines = client.eventLines(path)) {
                for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                    lastAnswer = System.nanoTime();
                    JsonNode state = read(each.next());
                    if (state != null) {
                        seen.accept(state);
                        if (stateOf(state).isOver()) {
                            return state;
                        }
                    }
                }
            } catch (UncheckedIOException e) {
                giveUpAfterLongSilence(lastAnswer, path, e.getCause());
            } catch (IOException e) {
                giveUpAfterLongSilence(lastAnswer, path, e);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** @param evaluation as the API shows it */
    public static EvaluationState stateOf(JsonNode evaluation) {
        return EvaluationState.of(evaluation.path("state").asText());
    }

    private void giveUpAfterLongSilence(long lastAnswer, String path, @Nullable IOException cause) {
        if (System.nanoTime() - lastAnswer > LONGEST_SILENCE.toNanos()) {
            if (cause instanceof ArenaClient.Troubled troubled) {
                throw troubled.problem();
            }
            throw client.unreachable("GET " + path, cause == null ? new IOException("no answer") : cause);
        }
    }

    private static @Nullable JsonNode read(String line) throws IOException {
        return line.startsWith("data:") ? JSON.readTree(line.substring("data:".length())) : null;
    }
}
