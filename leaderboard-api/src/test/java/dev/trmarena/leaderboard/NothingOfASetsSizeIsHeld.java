package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import dev.trmarena.artifacts.store.ArtifactStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Of a set as large as the largest that are published: whatever is asked of an evaluation on it, a page goes through memory. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingOfASetsSizeIsHeld {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TASKS = 400_000;

    /** Of all threads, for a page or a piece and whatever else goes on. The rows of the set, read, take more than 100 MB. */
    private static final long MOST_BYTES = 48 << 20;

    /** While a reader is in the middle of a file. */
    private static final long MOST_HELD = 16 << 20;

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Test
    void to_answer_a_request() throws Exception {
        UUID small = ManyTasks.stored(jdbi, store, "few-tasks", 1000).finished("few", 4, 0);
        // Whatever is made once is made now.
        page(small, "?sort=-halt&only=wrong");
        page(small, "");
        open("/api/evaluations/" + small + "/tasks.csv").close();
        var many = ManyTasks.stored(jdbi, store, "many-tasks", TASKS);
        UUID first = many.finished("first", 4, 0);
        UUID second = many.finished("second", 4, 1);

        JsonNode all = within("tasks", () -> page(first, ""));
        assertThat(all.path("total").asInt()).isEqualTo(TASKS);
        assertThat(all.path("right").asInt()).isEqualTo(TASKS / 4 * 3);
        assertThat(all.path("wrong").asInt()).isEqualTo(TASKS / 4);
        assertTasks(all, IntStream.range(0, 60).toArray());
        assertThat(all.path("next").asInt()).isEqualTo(59);
        assertTasks(within("in the middle", () -> page(first, "?offset=200000&limit=2")), 200_000, 200_001);
        assertTasks(within("behind one", () -> page(first, "?after=300000&limit=2")), 300_001, 300_002);
        assertTasks(within("the last", () -> page(first, "?sort=-number&limit=2")), TASKS - 1, TASKS - 2);
        assertTasks(within("halt", () -> page(first, "?sort=halt&limit=2")), TASKS - 1, TASKS - 2);
        assertTasks(within("wrong", () -> page(first, "?sort=-halt&only=wrong&offset=3&limit=2")), 12, 16);
        assertTasks(within("cells", () -> page(first, "?sort=cells&after=12&limit=2")), 28, 44);
        assertTasks(within("verdict", () -> page(first, "?sort=-verdict&limit=2")), 0, 4);
        assertTasks(within("name", () -> page(first, "?sort=name&limit=3")), 0, 9, 99);
        assertTasks(within("votes", () -> page(first, "?sort=-votes&limit=2")), 0, 1);

        long before = held();
        try (InputStream table = open("/api/evaluations/" + first + "/tasks.csv")) {
            String beginning = new String(table.readNBytes(1024), StandardCharsets.UTF_8);
            assertThat(held() - before).as("bytes held for tasks.csv").isLessThan(MOST_HELD);
            assertThat(beginning).contains("\r\n0,#1,wrong,0,1,1,,0,1,0.75,1,1.0\r\n1,#2,right,0,1,1,1,1,0,1.0,1,");
        }

        // Two bits a task are read, in pieces, and kept.
        compare(first, second);
        JsonNode compared = within("compare", () -> compare(first, second));
        JsonNode pair = compared.path("pairs").get(0);
        assertThat(pair.path("onlyFirst").asInt()).isEqualTo(TASKS / 4);
        assertThat(pair.path("onlySecond").asInt()).isEqualTo(TASKS / 4);
        assertThat(pair.path("both").asInt()).isEqualTo(TASKS / 2);
        assertThat(pair.path("neither").asInt()).isZero();
        assertThat(pair.path("pValue").asDouble()).isEqualTo(1);
        JsonNode tasks = compared.path("tasks");
        assertThat(tasks.path("tasks")).hasSize(50);
        assertThat(tasks.path("tasks").get(1).path("name").asText()).isEqualTo("#6");
        String pages = "/api/compare/tasks?e=" + first + "," + second;
        JsonNode last =
                within("tasks in disagreement", () -> json(pages + "&solved=01&limit=200&after=" + (TASKS - 8)));
        assertTasks(last, TASKS - 4);
        assertThat(last.path("next").isNull()).isTrue();
    }

    private interface Asking<T> {
        T ask() throws IOException;
    }

    private static <T> T within(String what, Asking<T> asking) throws IOException {
        long before = allocated();
        T answer = asking.ask();
        assertThat(allocated() - before).as("bytes allocated for " + what).isLessThan(MOST_BYTES);
        return answer;
    }

    private static long allocated() {
        return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void assertTasks(JsonNode page, int... tasks) {
        assertThat(StreamSupport.stream(page.path("tasks").spliterator(), false)
                        .mapToInt(task -> task.path("index").asInt())
                        .toArray())
                .isEqualTo(tasks);
    }

    private static JsonNode page(UUID evaluation, String query) throws IOException {
        return json("/api/evaluations/" + evaluation + "/tasks" + query);
    }

    private static JsonNode compare(UUID first, UUID second) throws IOException {
        return json("/api/compare?e=" + first + "," + second);
    }

    private static JsonNode json(String path) throws IOException {
        try (InputStream answer = open(path)) {
            return RunningApi.read(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static InputStream open(String path) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://localhost:" + RestAssured.port + path)
                .toURL()
                .openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(200);
        return connection.getInputStream();
    }
}
