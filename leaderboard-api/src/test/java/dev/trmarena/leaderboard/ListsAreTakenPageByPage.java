package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;

import dev.trmarena.artifacts.store.ArtifactStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever turns the pages of a list sees everything once, whatever is added meanwhile; whoever has an answer is told so. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListsAreTakenPageByPage {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Test
    void evaluations_come_once_each_though_new_ones_arrive_and_some_are_of_the_same_moment() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "pages", 0, 5);
        List<String> planned = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            planned.add(set.plan(jdbi, "pages-" + i).toString());
        }
        jdbi.useHandle(handle -> handle.createUpdate("update evaluation set created_at = now() where id in (<ids>)")
                .bindList(
                        "ids",
                        planned.subList(2, 5).stream().map(UUID::fromString).toList())
                .execute());
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            Response page = given().get("/api/evaluations?limit=2" + next);
            page.then().statusCode(200);
            List<String> ids = page.jsonPath().getList("evaluations.id");
            assertThat(ids).hasSizeBetween(1, 2);
            seen.addAll(ids);
            next = next(page);
            if (seen.size() == 2) {
                set.plan(jdbi, "pages-late");
            }
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(planned);
        assertThat(seen.subList(0, 3))
                .as("those moved to now")
                .containsExactlyInAnyOrderElementsOf(planned.subList(2, 5));
        assertThat(seen).containsSubsequence(planned.get(6), planned.get(5), planned.get(1), planned.get(0));
    }

    @Test
    void evaluations_that_are_named_come_on_one_page_and_those_that_are_gone_are_left_out() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "named", 0, 5);
        String older = set.plan(jdbi, "named-older").toString();
        set.plan(jdbi, "named-other");
        String newer = set.plan(jdbi, "named-newer").toString();
        String gone = UUID.randomUUID().toString();
        Response page = given().get("/api/evaluations?limit=1&ids=" + String.join(",", older, gone, newer, older));
        page.then().statusCode(200);
        assertThat(page.jsonPath().getList("evaluations.id")).isEqualTo(List.of(newer, older));
        assertThat(next(page)).isNull();

        given().get("/api/evaluations?ids=" + "-".repeat(36)).then().statusCode(400);
        String tooMany = String.join(",", Collections.nCopies(65, older));
        given().get("/api/evaluations?ids=" + tooMany)
                .then()
                .statusCode(400)
                .body(containsString("at most 64 ids of evaluations"));
    }

    @Test
    void an_answer_that_did_not_change_is_not_sent_again() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "tagged", 0, 5);
        String evaluation = "/api/evaluations/" + set.plan(jdbi, "tagged");
        for (String path : List.of(evaluation, "/api/evaluations", "/api/puzzle-sets", "/api/quarantined-messages")) {
            Response first = given().get(path);
            String tag = first.then().statusCode(200).extract().header("ETag");
            assertThat(tag).as(path).startsWith("W/\"");
            given().header("If-None-Match", tag)
                    .get(path)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag)
                    .body(emptyString());
            given().header("If-None-Match", "W/\"another\"").get(path).then().statusCode(200);
        }
        String before = given().get(evaluation).header("ETag");
        jdbi.useHandle(handle -> handle.execute("update evaluation set priority = 'high' where model = 'tagged'"));
        Response changed = given().header("If-None-Match", before).get(evaluation);
        changed.then().statusCode(200);
        assertThat(changed.header("ETag")).isNotEqualTo(before);
    }

    @Test
    void a_page_after_nothing_is_refused() {
        given().get("/api/evaluations?after=x")
                .then()
                .statusCode(404)
                .body(containsString("not the id of an evaluation"));
        given().get("/api/evaluations?after=" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body(containsString("there is no evaluation"));
    }

    private static @Nullable String next(Response page) {
        String after = page.jsonPath().getString("next");
        return after == null ? null : "&after=" + after;
    }
}
