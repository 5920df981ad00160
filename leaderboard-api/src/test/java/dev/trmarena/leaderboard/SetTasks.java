package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.db.tally.CountSolved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;

/** What tests ask of the tasks of a set. */
final class SetTasks {
    private SetTasks() {}

    static void awaitModels(Jdbi jdbi, String tasks, int models) {
        // What the service does by itself every few seconds, at once.
        CountSolved.next(jdbi, () -> {});
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(RunningApi.get(tasks).path("models").asInt()).isEqualTo(models));
    }

    /** Page after page is the same list. */
    static void assertPages(String tasks, String query) {
        List<String> whole = ids(tasks + query);
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = RunningApi.get(tasks + query + "&limit=3" + after);
            list(page.path("tasks")).forEach(task -> seen.add(task.path("id").asText()));
            assertThat(page.path("tasks").size()).isLessThanOrEqualTo(3);
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asInt();
        } while (!after.isEmpty() && seen.size() <= whole.size());
        assertThat(seen).as(query).isEqualTo(whole);
    }

    static List<String> ids(String address) {
        return new ArrayList<>(list(RunningApi.get(address).path("tasks")).stream()
                .map(task -> task.path("id").asText())
                .toList());
    }

    static List<Integer> solved(String address) {
        return list(RunningApi.get(address).path("tasks")).stream()
                .map(task -> task.path("solved").asInt())
                .toList();
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
