package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.WatchEvaluation;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup of a platform that runs, restored where nothing is: the boards are those that they were, what was under way goes on there
 * and comes to what it would have come to, and no answer is counted twice.
 */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class APlatformIsBroughtToAnotherMachine {
    private static final Load LOAD = Load.sudoku(60, 16);
    private static final String DONE = "done";
    private static final String MOVED = "moved";

    @TempDir
    Path folder;

    private final List<String> countedBefore = new ArrayList<>();
    private List<String> expected = List.of();
    private SortedSet<String> artifacts = new TreeSet<>();
    private String board = "";
    private UUID moved = new UUID(0, 0);

    @Test
    void while_it_runs_and_everything_goes_on_there() throws Exception {
        Path backup = folder.resolve("backup");
        isBackedUp(backup);

        Path there = folder.resolve("there");
        JsonNode restored = succeeded("restore", backup.toString(), "--data", there.toString(), "--json");
        assertThat(restored.path("artifacts").asInt()).isEqualTo(artifacts.size());
        goesOn(there, backup);

        assertThat(refused("restore", backup.toString(), "--data", there.toString()))
                .contains("holds a platform already")
                .contains("--data");
        damageIsNamed(backup);
    }

    private void isBackedUp(Path backup) throws Exception {
        try (var platform = up(folder.resolve("here"), "--no-demo")) {
            var client = new ArenaClient(platform.url(), null);
            var recorded = new Recorded(platform);
            LOAD.imported(client, DONE);
            UUID done = finished(client, LOAD.submitted(client, DONE));
            expected = recorded.outcome(done);
            LOAD.imported(client, MOVED);
            JsonNode first = succeeded(
                    "backup", backup.toString(), "--data", platform.data().toString(), "--json");
            assertThat(first.path("newArtifacts").asInt())
                    .isEqualTo(first.path("artifacts").asInt())
                    .isPositive();

            moved = Disturbed.idOf(LOAD.submitted(client, MOVED));
            await("some units are solved")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> recorded.counted(moved).size() >= 2);
            countedBefore.addAll(recorded.counted(moved));
            JsonNode second = succeeded(
                    "backup", backup.toString(), "--data", platform.data().toString(), "--json");
            assertThat(second.path("newArtifacts").asInt())
                    .as("the same checkpoint on the same puzzles: nothing new is copied")
                    .isZero();
            assertThat(recorded.lines("select state from evaluation where id = ?", moved))
                    .as("it went on meanwhile")
                    .containsExactly("running");
            board = board(platform);
            artifacts = new StoredBytes(platform, recorded).named();
        }
    }

    private void goesOn(Path there, Path backup) throws Exception {
        try (var platform = up(there)) {
            assertThat(board(platform)).as("the board, byte for byte").isEqualTo(board);
            assertThat(finished(new ArenaClient(platform.url(), null), moved)).isEqualTo(moved);
            var recorded = new Recorded(platform);
            assertThat(recorded.outcome(moved)).as("every answer and score").isEqualTo(expected);
            assertThat(recorded.counted(moved))
                    .as("what was solved before is not solved again")
                    .containsAll(countedBefore)
                    .hasSize(LOAD.units());
            assertThat(recorded.predictions(moved)).isEqualTo(LOAD.units() * DisturbedPlatform.UNIT_EXAMPLES);
            assertThat(recorded.lines("select id::text from delivery where came_to_nothing or ended_at is null"))
                    .as("deliveries that nobody ended well")
                    .isEmpty();
            assertThat(recorded.lines("select s.name from evaluation e join puzzle_set s on s.id = e.puzzle_set_id"))
                    .as("no demo beside what was restored")
                    .containsExactlyInAnyOrder(DONE, MOVED);
            assertThat(new StoredBytes(platform, recorded).named()).isEqualTo(artifacts);
            isBroughtToADatabaseElsewhere(platform, recorded, backup);
            var store = new ArtifactStore(there.resolve("artifacts"));
            for (String digest : store.digests()) {
                assertThat(store.verified(digest)).isNotEmptyFile();
            }
        }
    }

    /** Into a Postgres that the command did not start, and from there: as of services in containers. */
    private void isBroughtToADatabaseElsewhere(Platform platform, Recorded recorded, Path backup) throws Exception {
        try (var owner = recorded.connect("postgres");
                var statement = owner.createStatement()) {
            statement.execute("create database elsewhere");
        }
        try (var connection = recorded.connect("elsewhere");
                var statement = connection.createStatement()) {
            var environment = Map.of(
                    "ARENA_DB_URL", connection.getMetaData().getURL(),
                    "ARENA_DB_USER", "arena",
                    "ARENA_DB_PASSWORD",
                            Files.readString(platform.data().resolve("postgres.password"))
                                    .strip(),
                    "ARENA_ARTIFACTS", folder.resolve("elsewhere").toString());
            assertThat(ended(environment, "restore", backup.toString())).isZero();
            var waiting = statement.executeQuery("""
                    select count(*) filter (where u.solved_at is not null), e.unit_count - count(u.given_out_at)
                    from evaluation e left join work_unit u on u.evaluation_id = e.id
                    where e.id = '%s' group by e.id""".formatted(moved));
            assertThat(waiting.next()).isTrue();
            assertThat(waiting.getInt(1)).as("units that were solved").isGreaterThanOrEqualTo(2);
            assertThat(waiting.getInt(2)).as("and the others wait").isPositive();
            assertThat(new ArtifactStore(folder.resolve("elsewhere")).digests()).hasSize(artifacts.size());
            assertThat(ended(environment, "restore", backup.toString()))
                    .as("once more, over it")
                    .isEqualTo(1);
            assertThat(ended(
                            environment,
                            "backup",
                            folder.resolve("from-elsewhere").toString()))
                    .isZero();
        }
    }

    private static int ended(Map<String, String> environment, String... command) throws Exception {
        Process process = Arena.start(List.of(command), environment, true);
        process.getInputStream().transferTo(System.out);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private void damageIsNamed(Path backup) throws Exception {
        Path damaged;
        try (Stream<Path> files = Files.walk(backup)) {
            damaged = files.filter(file -> file.toString().endsWith("-evaluation.copy.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        Path nowhere = folder.resolve("nowhere");
        String name = damaged.getFileName().toString();
        assertThat(refused("restore", backup.toString(), "--check")).contains(name);
        assertThat(refused("restore", backup.toString(), "--data", nowhere.toString()))
                .contains(name);
        assertThat(nowhere.resolve("postgres")).doesNotExist();
    }

    private static Platform up(Path data, String... options) throws IOException, InterruptedException {
        return Platform.up(data, DisturbedPlatform.SMALL_UNITS, options);
    }

    private static UUID finished(ArenaClient client, JsonNode evaluation) throws InterruptedException {
        return finished(client, Disturbed.idOf(evaluation));
    }

    private static UUID finished(ArenaClient client, UUID evaluation) throws InterruptedException {
        JsonNode last = Asked.tree(new WatchEvaluation(client).until(evaluation.toString(), state -> {}));
        assertThat(last.path("state").asText()).as(last.toString()).isEqualTo("finished");
        return Disturbed.idOf(last);
    }

    private static String board(Platform platform) throws IOException, InterruptedException {
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/api/puzzle-sets/" + DONE + "/leaderboard"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static JsonNode succeeded(String... command) throws IOException, InterruptedException {
        Arena.Result result = Arena.run(List.of(command));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json();
    }

    private static String refused(String... command) throws IOException, InterruptedException {
        Arena.Result result = Arena.run(List.of(command));
        assertThat(result.exit()).as(result.out()).isEqualTo(1);
        assertThat(result.err()).contains("error: ").doesNotContain("fault of arena itself");
        return result.err();
    }
}
