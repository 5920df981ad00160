package dev.trmarena.arena.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.RankingRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for a call of {@link ArenaApi}, and what becomes of the answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePlatformIsAskedAndHeard {
    private static final String SET = "{ \"name\":\"arc\", \"taskCount\":1e2, \"new\":null }";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ArenaClient client;
    private int status = 200;
    private String answer = SET;
    private String location = "uploads/7";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            boolean upload = exchange.getRequestURI().getPath().contains("/api/uploads");
            exchange.getResponseHeaders().set("Location", upload ? location : "/elsewhere");
            exchange.getResponseHeaders().set("Upload-Offset", "1");
            byte[] bytes = answer.getBytes(UTF_8);
            int shown = !upload ? status : exchange.getRequestMethod().equals("POST") ? 201 : 200;
            exchange.sendResponseHeaders(shown, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        client = new ArenaClient("http://127.0.0.1:" + server.getAddress().getPort() + "/", null);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void names_arrive_letter_for_letter() throws InterruptedException {
        client.api().getPuzzleSet("a/b c+d*%41ä{x}?&");
        client.api().getPuzzleSet("a%2Fb");
        assertThat(asked)
                .containsExactly(
                        "GET /api/puzzle-sets/a%2Fb%20c%2Bd%2A%2541%C3%A4%7Bx%7D%3F%26",
                        "GET /api/puzzle-sets/a%252Fb");
    }

    @Test
    void a_parameter_that_is_not_given_is_not_sent() throws InterruptedException {
        answer = "{}";
        client.api().getLeaderboard("arc", null, null);
        client.api().getLeaderboard("arc", "steps=8;a+b", null);
        client.api().getLeaderboard("arc", null, "x y");
        client.api().compareEvaluations("1,2");
        client.api().cancelEvaluation("1");
        client.api().rankPuzzleSet("arc", new RankingRequest("strict"));
        assertThat(asked)
                .containsExactly(
                        "GET /api/puzzle-sets/arc/leaderboard",
                        "GET /api/puzzle-sets/arc/leaderboard?protocol=steps%3D8%3Ba%2Bb",
                        "GET /api/puzzle-sets/arc/leaderboard?without=x%20y",
                        "GET /api/compare?e=1%2C2",
                        "POST /api/evaluations/1/cancel",
                        "PUT /api/puzzle-sets/arc/ranking {\"metric\":\"strict\"}");
    }

    @Test
    void an_answer_is_kept_byte_for_byte_beside_its_fields() throws InterruptedException {
        var found = client.api().getPuzzleSet("arc");
        assertThat(found.json()).isEqualTo(SET);
        assertThat(found.value().name()).isEqualTo("arc");
        assertThat(found.value().taskCount()).isEqualTo(100);
    }

    @Test
    void a_redirect_is_not_followed() {
        status = 302;
        assertThatThrownBy(() -> client.api().getPuzzleSet("arc"))
                .isInstanceOf(ServerProblem.class)
                .hasMessage("the platform answered GET /api/puzzle-sets/arc with status 302");
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_refusal_is_in_the_platforms_words() {
        status = 404;
        answer = "{\"title\":\"there is no puzzle set 'arc'\",\"problem\":\"none\"}";
        ArenaProblem problem =
                catchThrowableOfType(ArenaProblem.class, () -> client.api().getPuzzleSet("arc"));
        assertThat(problem).hasMessage("there is no puzzle set 'arc'");
        assertThat(problem.remedy()).startsWith("import it with ./arena puzzles import");
    }

    @Test
    void an_answer_of_somebody_else_is_said_to_be_one() {
        answer = "<html>";
        assertThatThrownBy(() -> client.api().listSolvers())
                .isInstanceOf(ArenaProblem.class)
                .hasMessage("the answer to GET /api/solvers is not JSON");
    }

    @Test
    void nobody_answers() {
        server.stop(0);
        assertThatThrownBy(() -> client.api().listSolvers())
                .isInstanceOf(ArenaProblem.class)
                .hasMessage("no platform answers at " + client.url());
    }

    @Test
    void who_is_interrupted_is_told_so() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.api().listSolvers()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void no_refusal_says_its_reason_twice_and_forty_problems_are_a_list() {
        status = 422;
        String problems = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "line " + i + ": no puzzle")
                .collect(Collectors.joining("\\n"));
        answer = "{\"title\":\"a.csv has 40 problems\\n" + problems
                + "\",\"file\":\"a.csv\",\"place\":\"line 1\",\"problem\":\"no puzzle\",\"remedy\":\"Mend them.\"}";
        ArenaProblem refusal =
                catchThrowableOfType(ArenaProblem.class, () -> client.api().getPuzzleSet("arc"));
        assertThat(refusal.describe().lines())
                .hasSize(42)
                .startsWith("error: a.csv has 40 problems", "  line 1: no puzzle")
                .endsWith("  line 40: no puzzle", "  remedy   Mend them.");

        answer =
                "{\"title\":\"a.csv, line 7: no puzzle\",\"file\":\"a.csv\",\"place\":\"line 7\",\"problem\":\"no puzzle\"}";
        refusal = catchThrowableOfType(ArenaProblem.class, () -> client.api().getPuzzleSet("arc"));
        assertThat(refusal.describe().lines().map(String::strip))
                .filteredOn(line -> line.contains("no puzzle"))
                .containsExactly("error: a.csv, line 7: no puzzle");
    }

    /** Of several networks no preset says which is meant; the remedy does. */
    @Test
    void a_preset_is_named_where_one_would_help() {
        status = 422;
        String asks = "{\"title\":\"step_1: x\",\"remedy\":\"Say it.\",\"missing\":[\"L_cycles\"]";
        answer = asks + "}";
        assertThat(refusal().remedy()).isEqualTo("Say it.");
        answer = asks + ",\"presets\":[\"trm-arc\"]}";
        assertThat(refusal().remedy()).isEqualTo("Say it.\nhere: --preset NAME, or --set L_cycles=…");
    }

    private ArenaProblem refusal() {
        return catchThrowableOfType(ArenaProblem.class, () -> client.api().getPuzzleSet("arc"));
    }

    @Test
    void below_the_path_where_a_proxy_has_put_it() throws InterruptedException {
        var below = new ArenaClient(client.url() + "/some/where/", null);
        assertThat(below.url()).isEqualTo(client.url() + "/some/where");
        below.api().getPuzzleSet("a/b");
        below.api().removeModel("c", true);
        assertThat(asked)
                .containsExactly(
                        "GET /some/where/api/puzzle-sets/a%2Fb", "DELETE /some/where/api/models/c?dryRun=true");
    }

    /** As the platform says it, and as proxies rewrite it; a file never goes to anywhere else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/7",
                "/api/uploads/7",
                "/some/where/api/uploads/7",
                "https://elsewhere.example/api/uploads/7"
            })
    void a_file_goes_to_where_it_was_announced(String said, @TempDir Path folder) throws Exception {
        location = said;
        Path file = Files.writeString(folder.resolve("set.csv"), "x");
        var below = new ArenaClient(client.url() + "/some/where", null);
        assertThat(below.upload(file, "set.csv", sent -> {})).isEqualTo("7");
        assertThat(asked).containsExactly("POST /some/where/api/uploads", "PATCH /some/where/api/uploads/7 x");
    }

    @Test
    void uploads_are_forgotten_when_what_they_are_for_is_refused(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("set.csv"));
        status = 400;
        answer = "{\"title\":\"no\"}";
        var puzzles = new ImportPuzzles(client, UploadProgress.silent());
        assertThatThrownBy(() -> puzzles.named("arc", file, null)).hasMessage("no");
        assertThat(asked)
                .containsExactly(
                        "POST /api/uploads",
                        "POST /api/puzzle-sets {\"name\":\"arc\",\"files\":[{\"path\":\"set.csv\",\"upload\":\"7\"}]}",
                        "DELETE /api/uploads/7");
        status = 500;
        assertThatThrownBy(() -> puzzles.named("arc", file, null)).hasMessage("no");
        assertThat(asked)
                .as("they may be named again")
                .hasSize(5)
                .last()
                .asString()
                .startsWith("POST /api/puzzle-sets");
    }
}
