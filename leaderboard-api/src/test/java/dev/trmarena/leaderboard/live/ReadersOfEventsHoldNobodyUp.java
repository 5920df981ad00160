package dev.trmarena.leaderboard.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.leaderboard.StoredSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Fifty readers of a hundred bytes a second, beside thirty evaluations that change all the time: what is kept for them does not grow. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadersOfEventsHoldNobodyUp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READERS = 50;
    private static final int EVALUATIONS = 30;

    /** In each, all evaluations change and all readers read: five minutes in a moment. */
    private static final int ROUNDS = 300;

    private static final int BYTES_A_ROUND = 100;

    /** If what one reader is told were kept, 180 MB. */
    private static final long MOST_GROWTH = 16 << 20;

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Inject
    EvaluationChanges changes;

    @Inject
    EvaluationEvents events;

    @Test
    void what_waits_for_them_is_a_state_an_evaluation() throws Exception {
        Set<UUID> evaluations = new HashSet<>();
        StoredSet set = StoredSet.sudoku(jdbi, store, "events", 0, 2);
        for (int i = 0; i < EVALUATIONS; i++) {
            evaluations.add(set.plan(jdbi, "events-" + i));
        }
        // Of so many bytes each event: the buffers of a connection are soon full.
        jdbi.useHandle(
                handle -> handle.execute(
                        "update checkpoint set manifest = jsonb_build_object('hyperParameters', jsonb_build_object('x', repeat('x', 20000)))"));
        List<EvaluationView> running = jdbi.withHandle(ReadEvaluations::openOrJustOver).stream()
                .filter(evaluation -> evaluations.contains(evaluation.id()))
                .toList();
        assertThat(running).hasSize(EVALUATIONS);
        List<Socket> stuck = new ArrayList<>();
        // To fill fifty connections takes a slow machine longer than a reader may lag.
        long begun = System.nanoTime();
        events.nanoTime = () -> begun;
        try {
            for (int i = 0; i < READERS; i++) {
                stuck.add(asks("/api/events"));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.open()).hasSize(READERS));
            await("all are stuck")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        boolean all = waiting()
                                        .filter(states -> states >= EVALUATIONS)
                                        .count()
                                == READERS;
                        running.forEach(changes::tell);
                        return all;
                    });
            long before = held();
            for (int round = 0; round < ROUNDS; round++) {
                running.forEach(changes::tell);
                for (Socket slow : stuck) {
                    assertThat(slow.getInputStream().readNBytes(BYTES_A_ROUND)).hasSize(BYTES_A_ROUND);
                }
            }
            assertThat(held() - before).as("bytes that the heap grew by").isLessThan(MOST_GROWTH);
            // What other tests left is told of, too, when it changes.
            int there = jdbi.withHandle(handle -> handle.createQuery("select count(*) from evaluation")
                    .mapTo(Integer.class)
                    .one());
            assertThat(waiting().filter(states -> states > there)).isEmpty();
            assertThat(events.open()).as("nobody was cut off so soon").hasSize(READERS);

            // Who comes now hears at once what happens now, and who reads again hears the latest.
            try (Socket reader = asks("/api/events")) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(events.open()).hasSize(READERS + 1));
                UUID changed = running.get(0).id();
                jdbi.useHandle(
                        handle -> handle.execute("update evaluation set model = 'renamed' where id = ?", changed));
                assertHears(reader, "\"model\":\"renamed\"");
                assertHears(stuck.get(0), "\"model\":\"renamed\"");
            }
        } finally {
            events.nanoTime = System::nanoTime;
            for (Socket socket : stuck) {
                socket.close();
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            // Whoever is gone shows when they are told something.
            running.forEach(changes::tell);
            assertThat(events.open()).isEmpty();
        });
    }

    @Test
    void when_all_streams_are_taken_whoever_comes_is_told_to_come_again() {
        List<EventStream> taken = new ArrayList<>();
        try {
            while (events.open().size() < EvaluationEvents.MOST_STREAMS) {
                taken.add(events.opened(null, () -> {}));
            }
            String title = given().get("/api/events")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .extract()
                    .path("title");
            assertThat(title).contains("streams of events");
        } finally {
            taken.forEach(events::ended);
        }
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private IntStream waiting() {
        return events.open().stream().mapToInt(EventStream::waiting);
    }

    private static void assertHears(Socket socket, String what) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(what)) {
                return;
            }
        }
        throw new AssertionError("the stream ended without " + what);
    }

    private static Socket asks(String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
