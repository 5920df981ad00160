package dev.trmarena.arena.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.SubmitCheckpoint.Known;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** {@code hf://…}: what the platform is asked for, in which order, and what becomes of its answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilesOfAHubAreFetchedByThePlatform {
    /** By method and path: what is answered the first time, the second time, and so on; the last for ever. */
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    private AnsweringServer server;
    private ArenaClient client;

    @BeforeEach
    void start() throws IOException {
        server = new AnsweringServer(what -> {
            List<String> known = answers.getOrDefault(what, List.of("{}"));
            return known.size() > 1 ? known.remove(0) : known.get(0);
        });
        client = new ArenaClient(server.url(), null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String fetch(String upload, String state, @Nullable String problem) {
        return "{\"upload\":\"" + upload
                + "\",\"fileName\":\"step_1\",\"bytes\":10,\"offset\":4,\"digest\":\"ab\",\"state\":\""
                + state + "\",\"problem\":"
                + (problem == null ? "null" : "{\"problem\":\"" + problem + "\",\"remedy\":\"do this\"}")
                + ",\"origin\":{\"commit\":\"c\",\"page\":\"p\"}}";
    }

    @Test
    void and_submitted_when_they_are_whole() throws InterruptedException {
        answers.put(
                "POST /api/fetches",
                List.of("{\"file\":" + fetch("1", "waiting", null) + ",\"config\":" + fetch("2", "whole", null) + "}"));
        answers.put(
                "GET /api/fetches/1",
                new ArrayList<>(List.of(fetch("1", "fetching", null), fetch("1", "whole", null))));
        var shown = new ArrayList<Long>();
        new SubmitCheckpoint(client, UploadProgress.silent())
                .fromHub("arc", "hf://a/b/step_1", null, Known.NOTHING, "m", fetch -> shown.add(fetch.offset()));
        assertThat(server.asked())
                .containsExactly(
                        "GET /api/puzzle-sets/arc",
                        "POST /api/fetches {\"from\":\"hf://a/b/step_1\"}",
                        "GET /api/fetches/1",
                        "GET /api/fetches/1",
                        "POST /api/evaluations {\"checkpoint\":\"1\",\"config\":\"2\",\"hyperParameters\":{},"
                                + "\"puzzleSet\":\"arc\",\"model\":\"m\"}");
        assertThat(shown).containsExactly(4L, 4L);
    }

    @Test
    void or_the_reason_is_told() {
        answers.put(
                "POST /api/fetches",
                List.of("{\"file\":" + fetch("1", "failed", "it is another") + ",\"config\":null}"));
        assertThatThrownBy(() -> new SubmitCheckpoint(client, UploadProgress.silent())
                        .fromHub("arc", "hf://a/b/step_1", null, Known.NOTHING, null, fetch -> {}))
                .isInstanceOfSatisfying(ArenaProblem.class, problem -> {
                    assertThat(problem.describe()).contains("it is another", "step_1", "do this");
                });
        assertThat(server.asked()).noneMatch(line -> line.contains("/api/evaluations"));
    }

    @Test
    void and_a_csv_becomes_a_puzzle_set() throws InterruptedException {
        answers.put("POST /api/fetches", List.of("{\"file\":" + fetch("3", "whole", null) + ",\"config\":null}"));
        new ImportPuzzles(client, UploadProgress.silent())
                .fromHub("mine", "hf://datasets/a/b/dir/test.csv@v1", null, null, fetch -> {});
        assertThat(server.asked())
                .containsExactly(
                        "POST /api/fetches {\"from\":\"hf://datasets/a/b/dir/test.csv@v1\"}",
                        "POST /api/puzzle-sets {\"name\":\"mine\",\"files\":[{\"path\":\"test.csv\",\"upload\":\"3\"}]}");
    }

    /** All at one commit, whatever the branch is by then. */
    @Test
    void and_raw_tasks_become_a_set_that_the_platform_builds() throws InterruptedException {
        answers.put(
                "GET /api/fetches/folder?from=hf%3A%2F%2Fdatasets%2Fa%2Fb%2Farc%2Fx_challenges.json%40v1",
                List.of(folder(subset("x", "x_challenges.json", "x_solutions.json"))));
        answers.put(
                "POST /api/fetches",
                new ArrayList<>(List.of(
                        "{\"file\":" + fetch("1", "whole", null) + ",\"config\":null}",
                        "{\"file\":" + fetch("2", "whole", null) + ",\"config\":null}")));
        RawTasksOfHub raw = RawTasksOfHub.find(client.api(), "hf://datasets/a/b/arc/x_challenges.json@v1", List.of());
        assertThat(raw.subsets()).containsExactly("x");
        new ImportPuzzles(client, UploadProgress.silent())
                .fromHub("mine", raw, new ArenaApi.Recipe(raw.subsets(), raw.subsets(), 8, null), null, fetch -> {});
        assertThat(server.asked().subList(1, 4))
                .containsExactly(
                        "POST /api/fetches {\"from\":\"hf://datasets/a/b/arc/x_challenges.json@v1\"}",
                        "POST /api/fetches {\"from\":\"hf://datasets/a/b/arc/x_solutions.json@c\"}",
                        "POST /api/puzzle-sets {\"name\":\"mine\",\"recipe\":{\"subsets\":[\"x\"],\"testSets\":[\"x\"],"
                                + "\"augmentations\":8},\"files\":[{\"path\":\"x_challenges.json\",\"upload\":\"1\"},"
                                + "{\"path\":\"x_solutions.json\",\"upload\":\"2\"}]}");
    }

    @Test
    void of_several_subsets_it_is_asked_which() throws InterruptedException {
        String from = "GET /api/fetches/folder?from=hf%3A%2F%2Fdatasets%2Fa%2Fb%2Farc";
        answers.put(
                from,
                List.of(folder(
                        subset("arc-agi_x", "arc-agi_x_challenges.json", "arc-agi_x_solutions.json"),
                        subset("arc-agi_y", "arc-agi_y_challenges.json"))));
        assertThatThrownBy(() -> RawTasksOfHub.find(client.api(), "hf://datasets/a/b/arc", List.of()))
                .isInstanceOfSatisfying(ArenaProblem.class, problem -> assertThat(problem.describe())
                        .contains("several subsets in it: arc-agi_x, arc-agi_y", "--subsets"));
        assertThat(RawTasksOfHub.find(client.api(), "hf://datasets/a/b/arc", List.of("x"))
                        .files())
                .extracting(Fetch.InFolder::path)
                .containsExactly("arc-agi_x_challenges.json", "arc-agi_x_solutions.json");
        answers.put(from, List.of(folder(subset("arc", "arc/t1.json", "arc/t2.json"))));
        RawTasksOfHub tasks = RawTasksOfHub.find(client.api(), "hf://datasets/a/b/arc", List.of());
        assertThat(tasks.subsets()).containsExactly("arc");
        assertThat(tasks.files()).extracting(Fetch.InFolder::path).containsExactly("arc/t1.json", "arc/t2.json");
        answers.put(from, List.of(folder()));
        assertThatThrownBy(() -> RawTasksOfHub.find(client.api(), "hf://datasets/a/b/arc", List.of()))
                .isInstanceOf(ArenaProblem.class)
                .hasMessageContaining("no raw tasks");
    }

    private static String folder(String... subsets) {
        return "{\"files\":[],\"rawTasks\":[" + String.join(",", subsets) + "]}";
    }

    private static String subset(String name, String... files) {
        String listed = Arrays.stream(files)
                .map(file -> "{\"from\":\"hf://datasets/a/b/arc/" + file.replaceFirst(".*/", "") + "@v1\",\"path\":\""
                        + file + "\",\"bytes\":1}")
                .collect(Collectors.joining(","));
        return "{\"subset\":\"" + name + "\",\"files\":[" + listed + "]}";
    }

    @Test
    void whose_names_are_told_from_files_of_this_machine() {
        assertThat(FetchFromHub.nameIn(Path.of("hf://a/b/step_1@v1"))).isEqualTo("hf://a/b/step_1@v1");
        for (String here : List.of("step_1", "/hf/step_1", "hf/step_1", "./hf:/a/b")) {
            assertThat(FetchFromHub.nameIn(Path.of(here))).as(here).isNull();
        }
        assertThat(FetchFromHub.nameIn(null)).isNull();
    }
}
