package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.build.BuildOfRawTasks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw ARC tasks that lie on a hub, in both of their forms, become the set that is built of them elsewhere, to its digest; or nothing at all. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RawTasksOfAHubBecomeASet {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO = Golden.folder("demo/arc-style");
    private static final String DATA = "hf://datasets/sam/tasks/";

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    FakeHub hub;

    @Inject
    Client client;

    @Inject
    HubClient files;

    @Inject
    Jdbi jdbi;

    @TempDir
    Path folder;

    @BeforeEach
    void nothing_is_there() {
        files.begin(hub);
    }

    @AfterEach
    void nothing_is_left() {
        for (String set : List.of("of-a-hub", "of-here")) {
            given().delete("/api/puzzle-sets/" + set);
        }
        files.forgetAll();
    }

    @Test
    void from_challenges_and_solutions() throws IOException {
        hub.small("sam/tasks/arc/demo_challenges.json", Golden.read("demo/arc-style/demo_challenges.json"));
        hub.large("sam/tasks/arc/demo_solutions.json", Golden.read("demo/arc-style/demo_solutions.json"));
        JsonPath listed = given().get("/api/fetches/folder?from=" + DATA + "arc@main")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(listed.getList("files.from"))
                .containsExactly(DATA + "arc/demo_challenges.json@main", DATA + "arc/demo_solutions.json@main");
        hub.small("sam/tasks/arc/other-challenges.json", "{}".getBytes(UTF_8));
        hub.small("sam/tasks/arc/README.md", "none".getBytes(UTF_8));
        assertSubsets("arc", "demo: demo_challenges.json demo_solutions.json", "other: other-challenges.json");
        assertSubsets("arc/demo_challenges.json", "demo: demo_challenges.json demo_solutions.json");
        String digest = imported(listed, "", 3).statusCode(201).extract().path("digest");
        assertThat(digest).isEqualTo(here("demo", DEMO, 3));
        String fetchedFrom = jdbi.withHandle(
                handle -> handle.createQuery("select fetched_from::text from puzzle_set where name = 'of-a-hub'")
                        .mapTo(String.class)
                        .one());
        JsonNode from = JSON.readTree(fetchedFrom);
        assertThat(from.path("commit").asText()).isEqualTo(FakeHub.COMMIT);
        assertThat(from.path("path").asText()).isEqualTo("arc/demo_challenges.json");
        assertThat(from.path("repository").asText()).isEqualTo("datasets/sam/tasks");
    }

    @Test
    void from_a_folder_with_a_file_a_task() throws IOException {
        JsonNode challenges = JSON.readTree(DEMO.resolve("demo_challenges.json").toFile());
        JsonNode solutions = JSON.readTree(DEMO.resolve("demo_solutions.json").toFile());
        for (var task : challenges.properties()) {
            for (int i = 0; i < task.getValue().path("test").size(); i++) {
                ((ObjectNode) task.getValue().path("test").get(i))
                        .set("output", solutions.path(task.getKey()).get(i));
            }
            hub.small("sam/tasks/demo/" + task.getKey() + ".json", JSON.writeValueAsBytes(task.getValue()));
        }
        JsonPath listed =
                given().get("/api/fetches/folder?from=" + DATA + "demo").jsonPath();
        assertThat(listed.getList("files")).hasSize(challenges.size());
        assertThat(listed.getList("rawTasks.subset")).containsExactly("demo");
        assertThat(listed.<String>getList("rawTasks[0].files.path"))
                .hasSize(challenges.size())
                .allMatch(path -> path.startsWith("demo/"));
        imported(listed, "demo/", 0).statusCode(201);
        assertThat(client.taskHashes("of-a-hub")).hasSize(challenges.size());
        here("demo", DEMO, 0);
        assertThat(client.taskHashes("of-a-hub")).containsExactlyInAnyOrderElementsOf(client.taskHashes("of-here"));
    }

    @Test
    void what_is_no_set_is_refused_by_its_place_and_leaves_nothing() {
        Map<String, Object> kept = client.kept();
        String bad = "{\"a\":{\"train\":[{\"input\":[[1]],\"output\":[[2]]}],\"test\":[{\"input\":[[1,12]]}]}}";
        hub.small("sam/tasks/arc/demo_challenges.json", bad.getBytes(UTF_8));
        hub.small("sam/tasks/arc/demo_solutions.json", "{\"a\":[[[1]]]}".getBytes(UTF_8));
        JsonPath listed =
                given().get("/api/fetches/folder?from=" + DATA + "arc").jsonPath();
        Map<String, String> uploads = fetched(listed, "");
        assertRefused(
                imported(uploads, List.of("demo"), 0),
                422,
                "demo_challenges.json",
                "task a, test 0, input, row 0, column 1",
                "12 is no colour");
        assertRefused(imported(uploads, List.of("other"), 0), 422, "other_challenges.json");
        assertRefused(imported(uploads, List.of("demo"), 1001), 400, "0 to 1000 augmentations");
        assertRefused(imported(uploads, List.of("demo", "demo"), 0), 400, "each once");
        assertRefused(imported(uploads, List.of("../demo"), 0), 400, "a subset is named by");
        assertThat(client.kept()).isEqualTo(kept);
        assertRefused(
                given().get("/api/fetches/folder?from=" + DATA + "nowhere").then(), 404, "nowhere");
        assertRefused(given().get("/api/fetches/folder").then(), 400, "hf://OWNER/REPO");
    }

    /** What a folder, or a file of challenges, is said to have. */
    private static void assertSubsets(String path, String... subsets) {
        JsonPath listed = given().get("/api/fetches/folder?from=" + DATA + path).jsonPath();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < listed.getList("rawTasks").size(); i++) {
            said.add(listed.getString("rawTasks[" + i + "].subset") + ": "
                    + String.join(" ", listed.<String>getList("rawTasks[" + i + "].files.path")));
        }
        assertThat(said).as(path).containsExactly(subsets);
    }

    private ValidatableResponse imported(JsonPath listed, String within, int augmentations) {
        return imported(fetched(listed, within), List.of("demo"), augmentations);
    }

    /** Uploads by the names of their files. */
    private Map<String, String> fetched(JsonPath listed, String within) {
        Map<String, String> uploads = new LinkedHashMap<>();
        for (String from : listed.<String>getList("files.from")) {
            String file = from.substring(from.lastIndexOf('/') + 1).replaceFirst("@.*", "");
            uploads.put(within + file, files.fetch(from).getString("file.upload"));
        }
        uploads.values().forEach(files::whole);
        return uploads;
    }

    private ValidatableResponse imported(Map<String, String> uploads, List<String> subsets, int augmentations) {
        List<Map<String, String>> named = new ArrayList<>();
        uploads.forEach((path, upload) -> named.add(Map.of("path", path, "upload", upload)));
        return client.post(
                "/api/puzzle-sets",
                Map.of(
                        "name",
                        "of-a-hub",
                        "files",
                        named,
                        "recipe",
                        Map.of("subsets", subsets, "testSets", subsets, "augmentations", augmentations)));
    }

    /** The digest of the set that is built here. */
    private String here(String subset, Path raw, int augmentations) throws IOException {
        var recipe =
                new ArcRecipe(List.of(subset), List.of(subset), augmentations, 42, ArcRecipe.SplitOrder.TRAIN_TEST);
        Path compact = folder.resolve("compact");
        BuildOfRawTasks.build(raw, recipe, compact);
        return client.importFolder("of-here", compact).statusCode(201).extract().path("digest");
    }
}
