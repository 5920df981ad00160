package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.trmarena.artifacts.store.ArtifactStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Records of Every Eval Ever and model cards hold what the evaluation holds, in the form that their readers ask for. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScoresAreReportedAsOthersCollectThem {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A name that would end a text of YAML or JSON that nobody quoted. */
    private static final String MODEL = "mine: \"v2\" #\\ - [a]";

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void an_evaluation_is_a_record_of_every_eval_ever() throws Exception {
        JsonNode evaluation = finished("report-arc", StoredSet.built(jdbi, store, "report-arc", 0, 4, 2, true));
        String path = "/api/evaluations/" + evaluation.path("id").asText() + "/every-eval-ever.json";
        JsonNode record = RunningApi.get(path);
        assertValid(record);
        assertThat(record.at("/schema_version").asText()).isEqualTo("0.2.2");
        assertThat(record.at("/model_info/name").asText()).isEqualTo(MODEL);
        assertThat(record.at("/model_info/additional_details/checkpoint_tensors_sha256")
                        .asText())
                .isEqualTo(evaluation.path("checkpoint").asText());
        assertThat(record.at("/evaluation_timestamp").asText())
                .isEqualTo(evaluation.path("finishedAt").asText());
        assertThat(record.at("/retrieved_timestamp").asLong())
                .isEqualTo(Instant.parse(evaluation.path("finishedAt").asText()).getEpochSecond());
        JsonNode results = record.path("evaluation_results");
        assertThat(results).hasSize(evaluation.path("scores").size());
        for (JsonNode result : results) {
            String metric = result.at("/metric_config/metric_id").asText();
            assertThat(result.at("/score_details/score").asDouble())
                    .as(metric)
                    .isEqualTo(evaluation.path("scores").path(metric).asDouble(Double.NaN));
            JsonNode interval = evaluation.path("intervals").path(metric);
            JsonNode written = result.at("/score_details/uncertainty/confidence_interval");
            assertThat(written.isMissingNode()).as(metric).isEqualTo(interval.isMissingNode());
            assertThat(written.path("lower").asDouble())
                    .as(metric)
                    .isEqualTo(interval.path("low").asDouble());
            assertThat(written.path("upper").asDouble())
                    .as(metric)
                    .isEqualTo(interval.path("high").asDouble());
            assertThat(result.at("/generation_config/additional_details/protocol")
                            .asText())
                    .isEqualTo(evaluation.at("/protocol/key").asText());
        }
        String tag = given().get(path).header("ETag");
        given().header("If-None-Match", tag).get(path).then().statusCode(304);
    }

    @Test
    void a_board_is_a_record_for_each_entry() throws Exception {
        StoredSet set = StoredSet.sudoku(jdbi, store, "report-sudoku", 0, 12);
        JsonNode evaluation = finished("report-sudoku", set);
        JsonNode records = RunningApi.get("/api/puzzle-sets/report-sudoku/every-eval-ever.json");
        assertThat(records).hasSize(1);
        JsonNode record = records.get(0);
        assertValid(record);
        assertThat(record.at("/source_metadata/additional_details/evaluation").asText())
                .isEqualTo(evaluation.path("id").asText());
        for (JsonNode result : record.path("evaluation_results")) {
            boolean ranks = result.at("/metric_config/metric_id").asText().equals("exact_accuracy");
            assertThat(result.at("/metric_config/additional_details/ranks_the_board")
                            .asText())
                    .isEqualTo(String.valueOf(ranks));
            assertThat(result.at("/source_data/source_id").asText()).isEqualTo(set.digest());
            assertThat(result.at("/score_details/uncertainty/confidence_interval/method")
                            .asText())
                    .isEqualTo(ranks ? "Wilson" : "");
        }
        assertThat(RunningApi.refused("/api/puzzle-sets/nobody-has-this/every-eval-ever.json", 404)
                        .path("remedy")
                        .asText())
                .isNotBlank();
    }

    @Test
    void a_model_card_says_it_as_hubs_read_it() throws Exception {
        JsonNode evaluation = finished("report-card", StoredSet.sudoku(jdbi, store, "report-card", 0, 6));
        String path = "/api/evaluations/" + evaluation.path("id").asText() + "/model-index.yaml";
        JsonNode card = new YAMLMapper().readTree(given().get(path).asString());
        JsonNode model = card.at("/model-index/0");
        assertThat(model.path("name").asText()).isEqualTo(MODEL);
        JsonNode result = model.at("/results/0");
        assertThat(result.at("/task/type").isTextual()).isTrue();
        assertThat(result.at("/dataset/name").asText()).isEqualTo("report-card");
        assertThat(result.at("/dataset/type").isTextual()).isTrue();
        assertThat(result.has("source")).as("nobody said where it is").isFalse();
        JsonNode first = result.at("/metrics/0");
        assertThat(first.path("type").asText()).isEqualTo("exact_accuracy");
        assertThat(first.path("value").isNumber()).isTrue();
        assertThat(first.path("value").asDouble())
                .isCloseTo(evaluation.at("/scores/exact_accuracy").asDouble(), within(1e-6));
        assertThat(result.path("metrics")).hasSize(evaluation.path("scores").size());

        String page = "https://arena.example/below/evaluations/1?a=\"b\"";
        assertThat(new YAMLMapper()
                        .readTree(given().queryParam("source", page).get(path).asString())
                        .at("/model-index/0/results/0/source/url")
                        .asText())
                .isEqualTo(page);
        for (String none : List.of("javascript:alert(1)", "https://a b", "nowhere")) {
            given().queryParam("source", none).get(path).then().statusCode(400);
        }
    }

    @Test
    void what_has_no_score_is_not_reported() throws Exception {
        StoredSet hidden = StoredSet.built(jdbi, store, "report-hidden", 0, 2, 1, false);
        JsonNode evaluation = finished("report-hidden", hidden);
        UUID queued = hidden.plan(jdbi, "queued");
        for (String name : List.of("every-eval-ever.json", "model-index.yaml")) {
            assertThat(RunningApi.refused(
                                    "/api/evaluations/" + evaluation.path("id").asText() + "/" + name, 409)
                            .path("problem")
                            .asText())
                    .contains("hidden");
            RunningApi.refused("/api/evaluations/" + queued + "/" + name, 409);
        }
        assertThat(RunningApi.get("/api/puzzle-sets/report-hidden/every-eval-ever.json"))
                .isEmpty();
    }

    /** That the schema notices what its original does. */
    @Test
    void the_schema_refuses_what_is_missing_and_what_is_of_another_type() throws Exception {
        JsonNode evaluation = finished("report-wrong", StoredSet.sudoku(jdbi, store, "report-wrong", 0, 6));
        JsonNode record =
                RunningApi.get("/api/evaluations/" + evaluation.path("id").asText() + "/every-eval-ever.json");
        for (String field : List.of("schema_version", "eval_library", "model_info", "evaluation_results")) {
            ObjectNode without = record.deepCopy();
            without.remove(field);
            assertThat(schema().validate(without)).as(field).isNotEmpty();
        }
        ObjectNode unbounded = record.deepCopy();
        ((ObjectNode) unbounded.at("/evaluation_results/0/metric_config")).remove("max_score");
        assertThat(schema().validate(unbounded)).isNotEmpty();
        ObjectNode number = record.deepCopy();
        ((ObjectNode) number.at("/model_info/additional_details")).put("core_parameters", 7);
        assertThat(schema().validate(number)).isNotEmpty();
    }

    private JsonNode finished(String name, StoredSet set) throws Exception {
        UUID evaluation = set.plan(jdbi, name);
        jdbi.useHandle(handle -> handle.execute("update evaluation set model = ? where id = ?", MODEL, evaluation));
        return new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 31));
    }

    private static void assertValid(JsonNode record) throws IOException {
        assertThat(schema().validate(record))
                .as(JSON.writeValueAsString(record))
                .isEmpty();
    }

    /** Our own words for their schema; their own file, which states no licence to ship it by, with {@code -Darena.every-eval-ever=FILE}. */
    private static JsonSchema schema() throws IOException {
        String theirs = System.getProperty("arena.every-eval-ever");
        try (InputStream schema = theirs != null
                ? Files.newInputStream(Path.of(theirs))
                : Objects.requireNonNull(ScoresAreReportedAsOthersCollectThem.class.getResourceAsStream(
                        "/every-eval-ever/record.schema.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
        }
    }
}
