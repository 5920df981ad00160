package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.WatchEvaluation;

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
        return last.path("state").asText().equals("finished") ? 0 : 1;
    }

    private JsonNode watch(String id) throws InterruptedException {
        var bar = new Terminal(System.err, "evaluating");
        try {
            return new WatchEvaluation(client).until(id, state -> {
                if (!connection.json) {
                    long all = state.path("exampleCount").asLong();
                    long done = state.path("examplesDone").asLong();
                    bar.show(
                            all == 0 ? 0 : (double) done / all,
                            done + " of " + all + " examples, "
                                    + state.path("state").asText());
                }
            });
        } finally {
            bar.done();
        }
    }
}
