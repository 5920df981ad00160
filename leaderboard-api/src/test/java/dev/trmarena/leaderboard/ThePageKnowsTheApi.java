package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The page's types are made from a committed OpenAPI document, which must be the one that is served. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePageKnowsTheApi {
    private static final Path COMMITTED = Path.of(System.getProperty("arena.root"), "web/src/api/openapi.json");
    private static final ObjectMapper SORTED = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void the_document_that_the_types_are_made_from_is_the_one_that_is_served() throws IOException {
        String served = served();
        if (Boolean.getBoolean("openapi.renew")) {
            Files.writeString(COMMITTED, served);
        }
        assertThat(Files.readString(COMMITTED))
                .as(
                        "%s is not what leaderboard-api serves now; renew and commit it: ./mvnw package -pl leaderboard-api"
                                + " -am -Dtest=ThePageKnowsTheApi -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.renew=true",
                        COMMITTED)
                .isEqualTo(served);
    }

    @Test
    void every_list_that_has_a_limit_is_taken_page_by_page_in_the_same_way() throws IOException {
        JsonNode document = SORTED.readTree(served());
        List<String> paged = new ArrayList<>();
        document.path("paths").properties().forEach(path -> {
            Set<String> parameters =
                    new TreeSet<>(path.getValue().at("/get/parameters").findValuesAsText("name"));
            JsonNode schema = path.getValue().at("/get/responses/200/content/application~1json/schema");
            JsonNode answer =
                    document.at(schema.path("$ref").asText().replace("#", "")).path("properties");
            assertThat(parameters).as(path.getKey()).doesNotContain("before", "page", "cursor");
            assertThat(parameters.contains("after")).as(path.getKey()).isEqualTo(parameters.contains("limit"));
            assertThat(answer.has("next")).as(path.getKey()).isEqualTo(parameters.contains("limit"));
            if (answer.has("next")) {
                paged.add(path.getKey());
            }
        });
        assertThat(paged)
                .containsExactlyInAnyOrder(
                        "/api/evaluations",
                        "/api/compare/tasks",
                        "/api/puzzle-sets/{name}/tasks",
                        "/api/puzzle-sets/{name}/tasks/{id}/answers",
                        "/api/evaluations/{id}/tasks",
                        "/api/evaluations/{id}/steps/{step}",
                        "/api/models/{name}/evaluations",
                        "/api/quarantined-messages");
    }

    @Test
    void where_it_says_so_a_media_type_that_cannot_be_given_is_refused() throws IOException {
        List<String> paths = new ArrayList<>();
        SORTED.readTree(served()).path("paths").properties().forEach(path -> {
            if (path.getValue().at("/get/responses").has("406")) {
                paths.add(path.getKey());
            }
        });
        assertThat(paths).contains("/api/puzzle-sets");
        for (String path : paths) {
            given().accept("image/png").get(path).then().statusCode(406).contentType("application/problem+json");
        }
    }

    /** Sorted by names. */
    private static String served() throws IOException {
        TreeMap<?, ?> document = SORTED.readValue(
                given().queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                TreeMap.class);
        return SORTED.writeValueAsString(document) + "\n";
    }
}
