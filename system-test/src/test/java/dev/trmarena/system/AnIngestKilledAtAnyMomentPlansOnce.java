package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.arena.client.UploadProgress;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * ingest dies with the files in the store and no row that names them, with a plan that nobody was told of, and on either side of
 * sending its units: whoever sends the submission again finds one evaluation, and every example of it is counted once.
 */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnIngestKilledAtAnyMomentPlansOnce {
    private static final Load LOAD = Load.MANY_UNITS;
    private static final String VICTIM = "ingest";
    private static final Place PLAN = Place.entering("dev.trmarena.db.plan.PlanEvaluation", "plan");

    /** As long as a busy machine may need; what came only because the reaper looked has a history that says so. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    enum Moment {
        BEFORE_THE_PLAN_IS_COMMITTED,
        BEFORE_THE_PLAN_IS_TOLD,
        BEFORE_THE_UNITS_ARE_SENT,
        BEFORE_THE_SENT_ARE_CROSSED_OUT;

        private Place place() {
            return switch (this) {
                case BEFORE_THE_PLAN_IS_COMMITTED -> PLAN;
                case BEFORE_THE_PLAN_IS_TOLD ->
                    Place.entering("dev.trmarena.ingest.dispatch.Dispatcher", "wake")
                            .within("dev.trmarena.ingest.plan.StartEvaluation");
                case BEFORE_THE_UNITS_ARE_SENT -> Place.entering("dev.trmarena.ingest.relay.SendToKafka", "send");
                case BEFORE_THE_SENT_ARE_CROSSED_OUT -> Place.entering("dev.trmarena.db.Outbox", "delete");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void and_every_unit_is_counted_once(Moment moment, Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        var once = new CountedOnce(disturbed);
        String set = "killed-" + moment.name().toLowerCase(Locale.ROOT).replace('_', '-');
        CompletableFuture<JsonNode> submitted;
        try (var boundary = disturbed.boundary(VICTIM, moment.place())) {
            submitted = CompletableFuture.supplyAsync(
                    () -> new PatientUser(new ArenaClient(disturbed.platform().url(), null)).submits(LOAD, set));
            boundary.awaitReached(PATIENCE);
            disturbed.processes().kill(VICTIM);
        }
        UUID id = Disturbed.idOf(submitted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        if (moment == Moment.BEFORE_THE_SENT_ARE_CROSSED_OUT) {
            await("a unit that was sent before is solved again")
                    .atMost(PATIENCE)
                    .until(() -> !disturbed
                            .recorded()
                            .lines(
                                    "select idx::text from delivery where evaluation_id = ? group by idx having count(*) > 1",
                                    id)
                            .isEmpty());
        }
        JsonNode finished = disturbed.finishedWithin(PATIENCE, id);
        assertThat(disturbed.recorded().evaluationsOn(set)).containsExactly(set + " finished");
        once.rowsAndMeters(List.of(finished));
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    /** The files are in the store and no row names them yet: just what a request that is refused takes back. */
    @Test
    void and_a_request_that_is_refused_takes_no_file_from_one_that_is_being_planned(Disturbed disturbed)
            throws Exception {
        String set = "refused-beside";
        LOAD.imported(disturbed.client(), set);
        CompletableFuture<JsonNode> planned;
        CompletableFuture<ArenaProblem> refused;
        try (var boundary = disturbed.boundary(VICTIM, PLAN)) {
            planned = CompletableFuture.supplyAsync(
                    () -> submitted(disturbed, set, new RequestedProtocol(2, null, null, null, null)));
            boundary.awaitReached(PATIENCE);
            refused = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    ArenaProblem.class,
                    () -> submitted(disturbed, set, new RequestedProtocol(null, null, 8, null, null))));
            await("the other request waits for the files, or has taken them")
                    .atMost(PATIENCE)
                    .until(() -> refused.isDone()
                            || !disturbed
                                    .recorded()
                                    .lines("select pid::text from pg_locks where locktype = 'advisory' and not granted")
                                    .isEmpty());
            boundary.goOn();
            JsonNode evaluation = planned.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(disturbed
                            .finishedWithin(PATIENCE, Disturbed.idOf(evaluation))
                            .path("examplesDone"))
                    .isEqualTo(evaluation.path("exampleCount"));
        }
        assertThat(refused.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasMessageContaining("augmentations");
    }

    /** With settings that no other evaluation has: nobody else needs its manifest. */
    private static JsonNode submitted(Disturbed disturbed, String set, RequestedProtocol protocol) {
        try {
            var client = new ArenaClient(disturbed.platform().url(), null);
            var known = SubmitCheckpoint.Known.of(Map.of("L_cycles", "7"), protocol);
            return Asked.tree(new SubmitCheckpoint(client, UploadProgress.silent())
                    .on(set, LOAD.checkpoint(), null, known, null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while submitting", e);
        }
    }
}
