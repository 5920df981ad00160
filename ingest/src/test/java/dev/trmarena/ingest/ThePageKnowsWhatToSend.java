package dev.trmarena.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What ingest answers is a part of the one API document; leaderboard-api puts it in from a committed file. */
@QuarkusTest
@WithTestResource(value = RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePageKnowsWhatToSend {
    private static final Path COMMITTED =
            Path.of(System.getProperty("arena.root"), "leaderboard-api/src/main/resources/ingest-openapi.json");
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
                        "%s is not what ingest serves now; renew and commit it: ./mvnw package -pl ingest,leaderboard-api -am"
                                + " -Dtest=ThePageKnowsWhatToSend,ThePageKnowsTheApi"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.renew=true",
                        COMMITTED)
                .isEqualTo(served);
    }

    /** Sorted by names, without the address of this very server. */
    private static String served() throws IOException {
        TreeMap<?, ?> document = SORTED.readValue(
                given().queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                TreeMap.class);
        document.remove("servers");
        return SORTED.writeValueAsString(document) + "\n";
    }
}
