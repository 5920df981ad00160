package dev.trmarena.leaderboard.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.http.pace.Lane;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.leaderboard.RunningApi;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.connect.Recording;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** As many readers as there are connections begin a download and read no further: all the others notice nothing. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlowReadersHoldNobodyUp {
    private static final int READERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** About 250 bytes a line: more than the buffers of a connection take in. */
    private static final int PUZZLES = 30_000;

    @Inject
    Jdbi jdbi;

    @Inject
    @Recording
    Jdbi recording;

    @Inject
    ArtifactStore store;

    @Inject
    DownloadPlaces places;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void neither_a_board_nor_the_recorder_nor_another_reader_waits() throws Exception {
        UUID large = finishedWithoutSolvers(StoredSet.largeSudoku(jdbi, store, PUZZLES));
        String path = "/api/evaluations/" + large + "/predictions.jsonl";
        List<Socket> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                stuck.add(beginsToRead(path));
            }
            // Whoever is in the middle of something is done with it; what remains waits for the readers.
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(transactions())
                    .as("transactions that wait for a reader")
                    .isZero());
            assertThat(places.taken()).as("downloads that go on").isEqualTo(READERS);

            StoredSet set = StoredSet.sudoku(jdbi, store, "beside-slow-readers", 0, 20);
            UUID small = set.plan(jdbi, "beside");
            new RunningApi(kafka).finish(small, set.answers(small, 3));
            assertThat(RunningApi.get("/api/puzzle-sets/beside-slow-readers/leaderboard")
                            .path("entries"))
                    .hasSize(1);
            assertThat(RestAssured.get(path).asString().lines()).hasSize(PUZZLES);

            assertThat(places.taken()).as("none was given up for that").isEqualTo(READERS);
            assertThat(rest(stuck.get(0))).as("who reads on gets all").endsWith("}\n\r\n0\r\n\r\n");
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(places.taken()).isZero());
    }

    /** More downloads than one address may have requests under way, one after the other; half of them are broken off. */
    @Test
    void a_download_that_is_over_takes_no_place() throws Exception {
        StoredSet set = StoredSet.sudoku(jdbi, store, "downloaded-often", 0, 20);
        UUID evaluation = set.plan(jdbi, "often");
        new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 3));
        String path = "/api/evaluations/" + evaluation + "/predictions.jsonl";
        for (int i = 0; i <= Lane.READS.mostOfOne(); i++) {
            assertThat(RestAssured.get(path).statusCode()).as("download %d", i).isEqualTo(200);
            beginsToRead(path).close();
        }
    }

    @Test
    void the_recorder_has_connections_of_its_own() {
        List<Handle> all = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                all.add(jdbi.open());
                all.get(i).execute("select 1");
            }
            recording.useHandle(handle -> handle.execute("select 1"));
        } finally {
            all.forEach(Handle::close);
        }
    }

    /** Every puzzle with the same answer. */
    private UUID finishedWithoutSolvers(StoredSet set) {
        UUID evaluation = set.plan(jdbi, "large");
        byte[] cells = new byte[81];
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "insert into grid (digest, grid_rows, grid_columns, cells) values (sha256(?), 9, 9, ?)"
                            + " on conflict do nothing",
                    cells,
                    cells);
            handle.execute(
                    "insert into prediction (evaluation_id, example, grid_digest, q_halt, steps)"
                            + " select ?, example, sha256(?), 0.5, 16 from generate_series(0, ? - 1) as example",
                    evaluation,
                    cells,
                    PUZZLES);
            handle.execute("update evaluation set state = 'finished', finished_at = now() where id = ?", evaluation);
        });
        return evaluation;
    }

    private long transactions() {
        return recording.withHandle(
                handle -> handle.createQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and state like 'idle in transaction%'""").mapTo(Long.class).one());
    }

    private static Socket beginsToRead(String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] some = socket.getInputStream().readNBytes(1024);
        assertThat(new String(some, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 OK");
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
