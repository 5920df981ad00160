package dev.trmarena.system;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.traces.Collector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three kinds of processes, a database and Kafka in between, and all of it is one trace. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneTraceFollowsAnEvaluation {
    private static final Path DEMO = Platform.project().resolve("demo/sudoku-4x4");
    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    Path folder;

    @Test
    void from_the_request_through_every_unit_to_the_score() throws Exception {
        try (var collector = new Collector()) {
            var environment = Map.of("ARENA_OTLP", collector.endpoint(), "ARENA_PLAN_UNIT_EXAMPLES", "100");
            try (var platform = Platform.up(folder, environment, "--no-demo", "--solvers", "2")) {
                JsonNode evaluation = ran(
                        platform,
                        "submit",
                        DEMO.resolve("step_484").toString(),
                        "--puzzles",
                        imported(platform),
                        "--wait");
                String id = evaluation.path("id").asText();
                List<Collector.Taken> spans =
                        whole(collector, id, evaluation.path("unitCount").asInt());
                assertThat(named(spans, "plan").get(0).parent()).isEmpty();
                assertOneTrace(spans, evaluation.path("unitCount").asInt());

                String continued = asked(platform, id);
                List<Collector.Taken> more =
                        whole(collector, continued, evaluation.path("unitCount").asInt());
                assertThat(more).allMatch(span -> span.trace().equals("4bf92f3577b34da6a3ce929d0e0e4736"));
                assertThat(named(more, "plan").get(0).parent())
                        .as("the span of whoever asked, through the proxy")
                        .isEqualTo("00f067aa0ba902b7");
            }
        }
    }

    private static void assertOneTrace(List<Collector.Taken> spans, int units) {
        assertThat(units).isGreaterThan(1);
        assertThat(spans)
                .extracting(Collector.Taken::trace)
                .containsOnly(spans.get(0).trace());
        Map<String, String> services = Map.of(
                "plan", "ingest", "solve unit", "solver", "record", "leaderboard-api", "score", "leaderboard-api");
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.service()).isEqualTo(services.get(span.name()));
            assertThat(span.error()).as(span.status()).isFalse();
        });
        String plan = named(spans, "plan").get(0).id();
        List<Collector.Taken> solved = named(spans, "solve unit");
        assertThat(solved).allMatch(span -> span.parent().equals(plan));
        assertThat(solved).allMatch(span -> span.attributes()
                .keySet()
                .containsAll(Set.of("evaluation", "unit", "delivery", "examples", "device")));
        assertThat(named(spans, "score")).singleElement().matches(span -> span.parent()
                .equals(plan));
        // Of each delivery, that it began and what came of it. A solver that got slower hands back what it does not
        // come to.
        Map<String, Set<String>> outcomes = named(spans, "record").stream()
                .collect(groupingBy(
                        Collector.Taken::parent,
                        Collectors.mapping(
                                span -> span.attributes().get("outcome"), Collectors.toCollection(TreeSet::new))));
        assertThat(outcomes.keySet()).isEqualTo(ids(solved));
        assertThat(outcomes.values())
                .isSubsetOf(Set.of(Set.of("started", "solved"), Set.of("started", "returned")))
                .filteredOn(Set.of("started", "solved")::equals)
                .hasSize(units);
    }

    private static Set<String> ids(List<Collector.Taken> spans) {
        return spans.stream().map(Collector.Taken::id).collect(Collectors.toSet());
    }

    /** Spans of an evaluation, when all that there must be have come. */
    private static List<Collector.Taken> whole(Collector collector, String evaluation, int units) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> collector.spans().stream()
                                .filter(span ->
                                        evaluation.equals(span.attributes().get("evaluation")))
                                .toList(),
                        spans -> named(spans, "plan").size() == 1
                                && named(spans, "score").size() == 1
                                && named(spans, "solve unit").size() >= units
                                && named(spans, "record").size()
                                        >= 2 * named(spans, "solve unit").size()
                                // That of a solver comes when it has done all that it took.
                                && named(spans, "record").stream().allMatch(span -> ids(named(spans, "solve unit"))
                                        .contains(span.parent())));
    }

    private static List<Collector.Taken> named(List<Collector.Taken> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private static String imported(Platform platform) throws Exception {
        Arena.Result imported = platform.run(
                "puzzles", "import", "traced", DEMO.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        return "traced";
    }

    /** Another repeat, asked for by somebody who is in a trace. */
    private static String asked(Platform platform, String evaluation) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(platform.url() + "/api/evaluations"))
                .header("Content-Type", "application/json")
                .header("traceparent", CALLER)
                .POST(BodyPublishers.ofString("{\"evaluation\": \"" + evaluation + "\", \"again\": true}"))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return new ObjectMapper().readTree(response.body()).path("id").asText();
    }

    private static JsonNode ran(Platform platform, String... command) throws Exception {
        var arguments = new ArrayList<>(List.of(command));
        arguments.add("--json");
        Arena.Result result = platform.run(arguments.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json();
    }
}
