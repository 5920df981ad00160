package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
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
    public Answer<Evaluation> until(String evaluation, Consumer<Evaluation> seen) throws InterruptedException {
        String path = "/api/evaluations/" + ArenaClient.segment(evaluation) + "/events";
        long lastAnswer = System.nanoTime();
        while (true) {
            try (Stream<String> lines = client.eventLines(path)) {
                for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                    lastAnswer = System.nanoTime();
                    Answer<Evaluation> now = read(each.next());
                    if (now != null) {
                        seen.accept(now.value());
                        if (now.value().state().isOver()) {
                            return now;
                        }
                    }
                }
            } catch (ServerProblem e) {
                if (!e.mayPass() || isLongAgo(lastAnswer)) {
                    throw e;
                }
            } catch (UncheckedIOException e) {
                giveUpAfterLongSilence(lastAnswer, path, e.getCause());
            } catch (IOException e) {
                giveUpAfterLongSilence(lastAnswer, path, e);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isLongAgo(long lastAnswer) {
        return System.nanoTime() - lastAnswer > LONGEST_SILENCE.toNanos();
    }

    private void giveUpAfterLongSilence(long lastAnswer, String path, @Nullable IOException cause) {
        if (isLongAgo(lastAnswer)) {
            throw client.unreachable("GET " + path, cause == null ? new IOException("no answer") : cause);
        }
    }

    private static @Nullable Answer<Evaluation> read(String line) throws IOException {
        return line.startsWith("data:")
                ? ArenaClient.read(line.substring("data:".length()).strip(), Evaluation.class)
                : null;
    }
}
