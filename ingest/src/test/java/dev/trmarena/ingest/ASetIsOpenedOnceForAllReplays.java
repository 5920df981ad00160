package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.golden.Golden;
import dev.trmarena.http.pace.Lane;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.ingest.memory.WorkMemory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Forty who want to see the steps of examples of one set open it once, and nobody opens it for what is refused. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASetIsOpenedOnceForAllReplays {
    private static final int REQUESTS = 40;
    private static final int TASKS = 4;

    @Inject
    Client client;

    @Inject
    Jdbi jdbi;

    @Inject
    OpenPuzzleSets sets;

    @Inject
    WorkMemory memory;

    @Test
    void and_not_at_all_when_too_many_are_waited_for() throws Exception {
        String evaluation = finished();
        String other = client.planDemo("sudoku", 73, null);
        long opened = sets.opened();
        jdbi.useHandle(handle -> handle.execute(
                "insert into replay_request (evaluation_id, example) select ?, 1000 + i from generate_series(1, 100) i",
                UUID.fromString(other)));
        assertRefused(client.post(replay(evaluation, 0), Map.of()), 429, "100", "look at those first");
        assertThat(sets.opened()).as("nothing was opened for that").isEqualTo(opened);
        jdbi.useHandle(
                handle -> handle.execute("delete from replay_request where evaluation_id = ?", UUID.fromString(other)));

        List<Integer> answers = atOnce(evaluation);
        assertThat(answers)
                .containsOnly(202, 503)
                .filteredOn(status -> status == 202)
                .hasSize(Lane.COMMANDS.most());
        assertThat(sets.opened()).as("opened once").isEqualTo(opened + 1);
        client.post(replay(evaluation, TASKS), Map.of()).statusCode(404);
        assertThat(sets.opened()).as("and it stays so").isEqualTo(opened + 1);
        assertThat(waiting(evaluation)).isEqualTo(TASKS);
    }

    /** All of them wait for memory until it is there, but for those that find no place. */
    private List<Integer> atOnce(String evaluation) throws Exception {
        var held = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(REQUESTS + 1);
        try {
            Future<Integer> hold = threads.submit(() -> memory.with(Long.MAX_VALUE, () -> {
                held.countDown();
                return waited(go);
            }));
            held.await();
            List<Future<Integer>> asked = new ArrayList<>();
            for (int request = 0; request < REQUESTS; request++) {
                int number = request;
                asked.add(threads.submit(() -> given().header("X-Forwarded-For", "192.0.2." + number % 2)
                        .post(replay(evaluation, number % TASKS))
                        .statusCode()));
            }
            await().until(() -> asked.stream().filter(Future::isDone).count() == REQUESTS - Lane.COMMANDS.most());
            go.countDown();
            hold.get();
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> each : asked) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            go.countDown();
            threads.shutdownNow();
        }
    }

    private static Integer waited(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String replay(String evaluation, int task) {
        return "/api/evaluations/" + evaluation + "/tasks/" + task + "/replay";
    }

    /** On a set that nobody has opened yet. */
    private String finished() throws IOException {
        String lines = new String(Golden.read("demo/sudoku-9x9/test.csv"), StandardCharsets.UTF_8);
        String few = lines.lines().limit(1 + TASKS).collect(Collectors.joining("\n")) + "\n";
        client.importSet("replayed", Map.of("test.csv", few.getBytes(StandardCharsets.UTF_8)))
                .statusCode(201);
        String evaluation = client.planDemo("sudoku", 71, null);
        jdbi.useHandle(handle -> handle.execute("""
                        update evaluation set state = 'finished', finished_at = now(),
                          puzzle_set_id = (select id from puzzle_set where name = 'replayed')
                        where id = ?""", UUID.fromString(evaluation)));
        return evaluation;
    }

    private int waiting(String evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from replay_request where failure is null and evaluation_id = ?")
                .bind(0, UUID.fromString(evaluation))
                .mapTo(Integer.class)
                .one());
    }
}
