package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The recipe of a built set, and what is known of the others. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASetTellsWhereItComesFrom {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Test
    void a_built_set_tells_its_recipe() throws Exception {
        var built = StoredSet.built(jdbi, store, "with-recipe", 0, 3, 2, true);
        JsonNode set = RunningApi.get("/api/puzzle-sets/with-recipe");
        assertThat(set.path("origin").asText()).isEqualTo("recipe");
        assertThat(set.path("digest").asText()).isEqualTo(built.digest());
        assertThat(set.path("solutionsHidden").asBoolean()).isFalse();
        assertThat(set.path("recipe"))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "{\"subsets\":[\"part\"],\"testSets\":[\"part\"],\"augmentations\":2,\"seed\":42,\"splitOrder\":\"train,test\"}"));
        for (JsonNode listed : RunningApi.get("/api/puzzle-sets")) {
            assertThat(listed.has("recipe")).as("the list reads no manifest").isFalse();
        }
    }

    @Test
    void an_imported_directory_has_none() throws Exception {
        PlannedDemo.plan(jdbi, store, "imported");
        JsonNode set = RunningApi.get("/api/puzzle-sets/demo");
        assertThat(set.path("origin").asText()).isEqualTo("directory");
        assertThat(set.get("recipe").isNull()).isTrue();
    }

    @Test
    void a_csv_may_have_been_a_directory() throws Exception {
        StoredSet.sudoku(jdbi, store, "of-a-csv", 0, 5);
        assertThat(RunningApi.get("/api/puzzle-sets/of-a-csv").path("origin").asText())
                .isEqualTo("csv_or_directory");
    }

    @Test
    void the_description_of_the_api_writes_the_split_order_as_it_is_written() {
        JsonNode schemas =
                RunningApi.get("/q/openapi?format=json").path("components").path("schemas");
        assertThat(schemas.path("PuzzleSetDetail").path("properties").has("recipe"))
                .isTrue();
        assertThat(schemas.path("SplitOrder").path("enum").toString()).isEqualTo("[\"train,test\",\"test,train\"]");
    }
}
