package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Does what a user does whose command failed because a part of the platform was away: reads the message, waits a moment, and
 * runs the same command again. A message that says anything else than that is a defect.
 */
final class PatientUser {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** What a platform may say while a part of it is away. */
    private static final Pattern PASSING = Pattern.compile("no platform answers at .*"
            + "|the connection to .* broke during .*"
            + "|.* did not answer .* in time"
            + "|the part that takes submissions in is not there"
            + "|the database does not answer at the moment"
            + "|.*was removed (meanwhile|by another request)"
            + "|the platform answered .* with status 50[234]");

    private final ArenaClient client;
    private final List<String> told = new CopyOnWriteArrayList<>();

    PatientUser(ArenaClient client) {
        this.client = client;
    }

    /** Imports the puzzles and submits the checkpoint. @return the evaluation, as the platform answered at last */
    JsonNode submits(Load load, String set) {
        until("import of " + set, () -> {
            load.imported(client, set);
            return set;
        });
        return until("submission on " + set, () -> load.submitted(client, set));
    }

    /** Looks again and again until the evaluation is over. @return its final state */
    JsonNode sees(JsonNode evaluation) {
        return sees(Disturbed.idOf(evaluation));
    }

    JsonNode sees(UUID evaluation) {
        try {
            return await("the end of " + evaluation)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> now(evaluation), last -> !EvaluationState.of(
                                    last.path("state").asText())
                            .isWorking());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(stuck(evaluation), e);
        }
    }

    private JsonNode now(UUID evaluation) {
        String id = evaluation.toString();
        return until("look at " + id, () -> Asked.tree(client.api().getEvaluation(id)));
    }

    /** Who is asked for the end of an evaluation in vain wants to know what is in its way, in a line. */
    private String stuck(UUID evaluation) {
        JsonNode now = now(evaluation);
        var solvers = new StringJoiner(", ", "; solvers: ", "").setEmptyValue("; no solver is known");
        for (JsonNode solver : until("solvers", () -> Asked.tree(client.api().listSolvers()))) {
            solvers.add(solver.path("name").asText() + " alive " + solver.path("alive") + " heard "
                    + solver.path("heartbeatAt").asText() + " has " + solver.path("unit"));
        }
        return "after " + PATIENCE.toMinutes() + " min " + evaluation + " is " + now.path("state") + ", "
                + now.path("unitsDone") + " of " + now.path("unitCount") + " units, "
                + now.path("progress").path("unitsInFlight") + " in flight" + solvers;
    }

    /** Everything this user was told instead of an answer. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** Tries it until it succeeds; only a passing trouble may keep it from that. */
    <T> T until(String what, Callable<T> attempt) {
        return await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> once(what, attempt), Optional::isPresent)
                .orElseThrow();
    }

    private <T> Optional<T> once(String what, Callable<T> attempt) throws Exception {
        try {
            return Optional.of(attempt.call());
        } catch (ArenaProblem e) {
            if (!PASSING.matcher(String.valueOf(e.getMessage())).matches()) {
                throw new AssertionError(what + " ended with something else than a passing trouble", e);
            }
            told.add(e.describe());
            return Optional.empty();
        }
    }
}
