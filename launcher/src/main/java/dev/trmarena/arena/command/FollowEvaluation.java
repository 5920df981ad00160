package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.WatchEvaluation;
import dev.trmarena.messages.EvaluationState;
import java.util.List;
import java.util.Locale;

/** What a command that started an evaluation says, and shows while it waits for it. */
final class FollowEvaluation {
    private final ArenaClient client;
    private final Connection connection;

    FollowEvaluation(ArenaClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    /** @return exit status: with waiting 0 only when the evaluation finished */
    int started(JsonNode evaluation, boolean wait) throws InterruptedException {
        String id = evaluation.path("id").asText();
        if (!wait) {
            connection.print(evaluation, out -> {
                out.println(id);
                System.err.println(
                        "follow it with: ./arena show " + id + "  or at " + client.url() + "/evaluations/" + id);
            });
            return 0;
        }
        if (!connection.json) {
            System.out.println("evaluation " + id + "  " + client.url() + "/evaluations/" + id);
        }
        JsonNode last = watch(id);
        connection.print(last, out -> EvaluationText.write(last, out));
        return WatchEvaluation.stateOf(last) == EvaluationState.FINISHED ? 0 : 1;
    }

    /** How it stands, in one line. */
    static String line(JsonNode evaluation) {
        var line = new StringBuilder(evaluation.path("examplesDone").asText() + " of "
                + evaluation.path("exampleCount").asText() + " examples, "
                + evaluation.path("state").asText());
        JsonNode progress = evaluation.path("progress");
        if (progress.path("queuePosition").isNumber()) {
            line.append(", number ")
                    .append(progress.path("queuePosition").asInt())
                    .append(" in the queue");
        }
        if (progress.path("examplesPerSecond").isNumber()) {
            line.append(String.format(
                    Locale.ROOT,
                    ", %.1f a second",
                    progress.path("examplesPerSecond").asDouble()));
        }
        if (progress.path("secondsLeft").isNumber()) {
            line.append(", ")
                    .append(duration(progress.path("secondsLeft").asLong()))
                    .append(" left");
        }
        if (progress.path("takingTurns").asInt() > 0) {
            line.append(", in turn with ")
                    .append(progress.path("takingTurns").asInt())
                    .append(" others");
        }
        List<String> solvers = progress.path("solvers").findValuesAsText("name");
        if (!solvers.isEmpty()) {
            line.append(", on ").append(String.join(", ", solvers));
        }
        return line.toString();
    }

    private static String duration(long seconds) {
        if (seconds < 90) {
            return seconds + " s";
        }
        return seconds < 5400 ? (seconds + 30) / 60 + " min" : (seconds + 1800) / 3600 + " h";
    }

    private JsonNode watch(String id) throws InterruptedException {
        var bar = new Terminal(System.err, "evaluating");
        try {
            return new WatchEvaluation(client).until(id, state -> {
                if (!connection.json) {
                    long all = state.path("exampleCount").asLong();
                    long done = state.path("examplesDone").asLong();
                    bar.show(all == 0 ? 0 : (double) done / all, line(state));
                }
            });
        } finally {
            bar.done();
        }
    }
}
