package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.leaderboard.StoredSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Boards are kept as they were sent, but whatever has happened before a request shows in its answer. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AKeptBoardIsNeverOld {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ExecutorService READERS = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "reader");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpClient client = HttpClient.newHttpClient();

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Inject
    OutcomeRecorder outcomeRecorder;

    @Test
    void a_finished_evaluation_shows_at_once() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-finished", 0, 12, 8, true);
        assertThat(entries(board(set))).isEmpty();
        for (int n = 1; n <= 3; n++) {
            String before = tag(board(set));
            UUID planned = set.plan(jdbi, "model " + n);
            assertThat(json(board(set)).path("puzzleSet").path("evaluations").asInt())
                    .as("one that was only planned counts")
                    .isEqualTo(n);
            finish(set, planned, n);
            HttpResponse<byte[]> after = asked(set, "", "If-None-Match", before);
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(entries(after)).hasSize(n).contains(planned.toString());
        }
    }

    @Test
    void another_ranking_metric_shows_at_once_and_so_does_the_former() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-ranked", 0, 12, 8, true);
        finish(set, set.plan(jdbi, "model"), 1);
        var tags = new ArrayList<String>();
        for (String metric : List.of("strict", "pass@2", "strict", "pass@1", "pass@2")) {
            rank(set, metric);
            HttpResponse<byte[]> board = board(set);
            assertThat(json(board).path("metric").asText()).isEqualTo(metric);
            tags.add(tag(board));
        }
        assertThat(tags.get(2)).as("equal boards").isEqualTo(tags.get(0));
        assertThat(tags.get(4)).isEqualTo(tags.get(1)).isNotEqualTo(tags.get(3));
    }

    @Test
    void a_new_repeat_and_what_it_reproduces_show_at_once() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-repeats", 0, 12, 8, true);
        finish(set, set.plan(jdbi, "model"), 1);
        JsonNode once = json(board(set)).path("entries").get(0);
        assertThat(once.path("verification").isNull()).isTrue();
        finish(set, set.plan(jdbi, "model", StoredSet.WHOLE, true), 1);
        JsonNode board = json(board(set));
        assertThat(board.path("entries")).as("the first stays").hasSize(1);
        assertThat(board.path("entries").get(0).path("evaluation")).isEqualTo(once.path("evaluation"));
        assertThat(board.path("entries").get(0).path("verification").asText()).isEqualTo("reproduced");
        assertThat(board.path("puzzleSet").path("evaluations").asInt()).isEqualTo(2);
    }

    @Test
    void whoever_has_the_board_is_told_so() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-known", 0, 12, 8, true);
        finish(set, set.plan(jdbi, "model"), 1);
        HttpResponse<byte[]> board = board(set);
        assertThat(board.headers().firstValue("Cache-Control")).hasValue("no-cache");
        HttpResponse<byte[]> again = asked(set, "", "If-None-Match", tag(board));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag(board));
        assertThat(asked(set, "", "If-None-Match", "W/\"another\"").statusCode())
                .isEqualTo(200);
        assertThat(asked(set, "?protocol=9-steps.float32").statusCode()).isEqualTo(404);
    }

    @Test
    void compressed_or_not_it_is_the_same() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-compressed", 0, 12, 8, true);
        finish(set, set.plan(jdbi, "model"), 1);
        HttpResponse<byte[]> plain = board(set);
        assertThat(plain.headers().firstValue("Content-Encoding").orElse("identity"))
                .isEqualTo("identity");
        for (var version : HttpClient.Version.values()) {
            HttpRequest.Builder request = request(set, "").header("Accept-Encoding", "br, gzip;q=0.8");
            HttpResponse<byte[]> gzip = client.send(request.version(version).build(), BodyHandlers.ofByteArray());
            assertThat(gzip.version())
                    .as("HTTP/2 over clear text is not spoken")
                    .isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(gzip.headers().allValues("Content-Encoding")).containsExactly("gzip");
            assertThat(gzip.headers().firstValue("Vary").orElseThrow()).containsIgnoringCase("accept-encoding");
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
            }
        }
    }

    @Test
    void many_who_ask_at_once_while_it_changes_get_one_that_is_new_enough_and_of_one_moment() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-crowd", 0, 12, 8, true);
        for (int n = 1; n <= 3; n++) {
            UUID evaluation = set.plan(jdbi, "model " + n);
            var over = new AtomicBoolean();
            List<CompletableFuture<Integer>> crowd = IntStream.range(0, 20)
                    .mapToObj(each -> CompletableFuture.supplyAsync(() -> askUntil(over, set), READERS))
                    .toList();
            try {
                finish(set, evaluation, n);
                // One that was asked for from now on has it.
                assertThat(entries(board(set))).hasSize(n).contains(evaluation.toString());
            } finally {
                over.set(true);
            }
            int asked = 0;
            for (var reader : crowd) {
                asked += reader.get();
            }
            assertThat(asked).as("boards that were read meanwhile").isGreaterThanOrEqualTo(crowd.size());
        }
    }

    /** @return how many boards it got, each of one moment */
    private int askUntil(AtomicBoolean over, StoredSet set) {
        int asked = 0;
        do {
            try {
                assertOfOneMoment(json(board(set)));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            asked++;
        } while (!over.get());
        return asked;
    }

    /** Whatever stands on the board in two places is the same in both. */
    private static void assertOfOneMoment(JsonNode board) {
        int entries = board.path("entries").size();
        int finished = 0;
        for (JsonNode use : board.path("protocols")) {
            finished += use.path("evaluations").asInt();
        }
        assertThat(finished).as("evaluations by their protocols: %s", board).isEqualTo(entries);
        assertThat(board.path("puzzleSet").path("evaluations").asInt())
                .as("evaluations of the set, with one that is planned: %s", board)
                .isBetween(entries, entries + 1);
        for (JsonNode entry : board.path("entries")) {
            int better = 0;
            for (JsonNode other : board.path("entries")) {
                better += other.path("score").asDouble() > entry.path("score").asDouble() ? 1 : 0;
            }
            assertThat(entry.path("rank").asInt()).as("rank of %s", entry).isEqualTo(1 + better);
        }
    }

    /** The change comes between two of the queries that a board is made of: held up there, it cannot miss. */
    @Test
    void a_change_while_it_is_drawn_up_shows_as_a_whole_or_not_at_all() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "kept-moment", 0, 12, 8, true);
        UUID first = set.plan(jdbi, "model 1");
        finish(set, first, 1);
        UUID second = set.plan(jdbi, "model 2");
        CompletableFuture<HttpResponse<byte[]>> drawn = jdbi.inTransaction(handle -> {
            handle.execute("lock table score in access exclusive mode");
            var asked = client.sendAsync(request(set, "").build(), BodyHandlers.ofByteArray());
            await("the drawing has read its first tables and waits for the scores")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> waitsForScores());
            handle.execute("update evaluation set state = 'finished', finished_at = now() where id = ?", second);
            for (String table : List.of(
                    "score select ?, metric, value, low, high from score",
                    "test_output select ?, task, output, candidates, solution_rank, wrong_cells from test_output")) {
                handle.execute("insert into " + table + " where evaluation_id = ?", second, first);
            }
            return asked;
        });
        assertOfOneMoment(json(drawn.get(30, TimeUnit.SECONDS)));
        assertThat(entries(board(set))).as("asked for afterwards").hasSize(2);
    }

    private boolean waitsForScores() throws Exception {
        // On another thread: Jdbi gives nested calls of one thread the same connection.
        return CompletableFuture.supplyAsync(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "select exists (select 1 from pg_locks where relation = 'score'::regclass and not granted)")
                        .mapTo(Boolean.class)
                        .one()))
                .get(10, TimeUnit.SECONDS);
    }

    private void finish(StoredSet set, UUID evaluation, long seed) {
        set.answers(evaluation, seed).forEach(outcomeRecorder::record);
        awaitFinished(evaluation);
    }

    private void awaitFinished(UUID evaluation) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    var request = HttpRequest.newBuilder(api("evaluations/" + evaluation));
                    return json(client.send(request.build(), BodyHandlers.ofByteArray()))
                            .path("state")
                            .asText()
                            .equals("finished");
                });
    }

    private void rank(StoredSet set, String metric) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api("puzzle-sets/" + set.name() + "/ranking"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"metric\":\"" + metric + "\"}"));
        assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<byte[]> board(StoredSet set) throws IOException, InterruptedException {
        HttpResponse<byte[]> board = asked(set, "");
        assertThat(board.statusCode()).isEqualTo(200);
        return board;
    }

    private HttpResponse<byte[]> asked(StoredSet set, String query, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(set, query);
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(StoredSet set, String query) {
        return HttpRequest.newBuilder(api("puzzle-sets/" + set.name() + "/leaderboard" + query));
    }

    private static URI api(String path) {
        return URI.create("http://127.0.0.1:" + RestAssured.port + "/api/" + path);
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static List<String> entries(HttpResponse<byte[]> board) throws IOException {
        return json(board).path("entries").findValuesAsText("evaluation");
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
