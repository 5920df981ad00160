package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.PublishedImports;
import dev.trmarena.db.plan.PuzzleSets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** All results of a source take the place of those that it had; boards show the new ones at once, and what was before stays known. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublishedResultsAreKeptCurrent {
    private static final String SET = "arc-agi-2-of-the-published";
    private static final String BOARD = "/api/puzzle-sets/" + SET + "/leaderboard";

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @BeforeEach
    void board() throws Exception {
        if (jdbi.withHandle(handle -> PuzzleSets.find(handle, SET)).isEmpty()) {
            StoredSet.built(jdbi, store, SET, 0, 2, 0, true);
        }
    }

    @AfterEach
    void nothingImported() {
        jdbi.useHandle(handle -> handle.execute("delete from published_import"));
    }

    private static String row(String method, double percent, String dollars) {
        return "{\"method\":\"" + method
                + "\",\"benchmark\":\"arc-agi-2\",\"split\":\"semi\",\"metric\":\"2 attempts\",\"percent\":" + percent
                + ",\"dollarsPerTask\":" + dollars + "}";
    }

    private static String rows(String... rows) {
        return "{\"results\":[" + String.join(",", rows) + "]}";
    }

    private static List<String> shown(String source) {
        List<String> shown = new ArrayList<>();
        for (JsonNode each : RunningApi.get(BOARD).path("published")) {
            if (each.path("source").asText().equals(source)) {
                shown.add(
                        each.path("method").asText() + " " + each.path("score").asDouble());
            }
        }
        return shown;
    }

    @Test
    void newer_ones_take_the_place_of_all_that_the_source_had() {
        assertThat(shown("ARC Prize")).as("those that come with the platform").contains("TRM 0.0625");
        List<String> others = shown("arXiv 2510.04871, tables 4 and 5");
        RunningApi.put("/api/published/ARC Prize", rows(row("TRM", 6, "null"), row("New", 9, "1.5")), 200);
        assertThat(shown("ARC Prize")).containsExactly("New 0.09", "TRM 0.06");
        assertThat(shown("arXiv 2510.04871, tables 4 and 5")).isEqualTo(others);
        RunningApi.put("/api/published/ARC Prize", rows(row("New", 10, "1.5")), 200);
        assertThat(shown("ARC Prize")).containsExactly("New 0.1");
        RunningApi.put("/api/published/somebody", rows(row("New", 50, "null")), 200);
        assertThat(shown("ARC Prize")).containsExactly("New 0.1");
        JsonNode imports = RunningApi.get("/api/published").path("imports");
        assertThat(IntStream.range(0, imports.size())
                        .mapToObj(i -> imports.get(i).path("source").asText() + " "
                                + imports.get(i).path("results").asInt() + " "
                                + imports.get(i).path("current").asBoolean()))
                .containsExactly("ARC Prize 1 true", "ARC Prize 2 false", "somebody 1 true");
    }

    @Test
    void the_same_once_more_is_no_other_import() {
        String same = rows(row("A", 1, "2"), row("B", 2, "null"));
        RunningApi.put("/api/published/x", same, 200);
        JsonNode again = RunningApi.put("/api/published/x", same, 200);
        assertThat(again.path("imports")).hasSize(1);
    }

    @Test
    void what_is_no_result_is_refused_and_nothing_of_it_is_kept() {
        assertThat(RunningApi.put("/api/published/x", rows(row("A", 101, "null")), 400)
                        .toString())
                .contains("percent");
        assertThat(RunningApi.put("/api/published/x", rows(row("A", 1, "-1")), 400)
                        .toString())
                .contains("dollarsPerTask");
        assertThat(RunningApi.put("/api/published/x", rows(row("A\u202eB", 1, "null")), 400)
                        .toString())
                .contains("method");
        assertThat(RunningApi.put("/api/published/x", rows(row("A", 1, "null"), row("A", 2, "null")), 400)
                        .toString())
                .contains("there are two results of A");
        RunningApi.put("/api/published/x", rows(), 400);
        assertThat(RunningApi.get("/api/published").path("imports")).isEmpty();
    }

    @Test
    void their_number_is_bounded() {
        String many = IntStream.range(0, 2001)
                .mapToObj(i -> row("m" + i, 1, "null"))
                .collect(Collectors.joining(",", "{\"results\":[", "]}"));
        RunningApi.put("/api/published/x", many, 400);
        for (int i = 0; i < PublishedImports.MOST_SOURCES; i++) {
            RunningApi.put("/api/published/source " + i, rows(row("A", 1, "null")), 200);
        }
        assertThat(RunningApi.put("/api/published/one more", rows(row("A", 1, "null")), 409)
                        .toString())
                .contains("20 other sources");
        for (int i = 0; i < 15; i++) {
            RunningApi.put("/api/published/source 1", rows(row("A", i, "null")), 200);
        }
        JsonNode imports = RunningApi.get("/api/published").path("imports");
        assertThat(imports).hasSize(PublishedImports.MOST_SOURCES - 1 + 10);
    }
}
