package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A badge says what the evaluation says, and what people named is text in it. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AScoreIsShownElsewhere {
    /** Of a model with a longer name. */
    private static final String WHAT = "<script>alert(1)</script> & \"ot… · badge-sudoku · exact_accuracy";

    private static final Pattern MAX_AGE = Pattern.compile("public, max-age=(\\d+)");

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void as_a_badge_that_says_the_state_and_then_the_score() throws Exception {
        String model = "<script>alert(1)</script> & \"others\"";
        var set = StoredSet.sudoku(jdbi, store, "badge-sudoku", 0, 12);
        UUID evaluation = set.plan(jdbi, "badge");
        jdbi.useHandle(handle -> handle.execute("update evaluation set model = ? where id = ?", model, evaluation));
        Response queued = badge(evaluation);
        assertThat(texts(queued)).containsExactly(WHAT, "queued");
        assertNeverOlderThanFiveMinutes(queued);
        assertThat(askedAgain(evaluation, queued).statusCode()).isEqualTo(304);

        new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 23));
        JsonPath finished = given().get("/api/evaluations/" + evaluation).jsonPath();
        String reached = String.format(
                Locale.ROOT,
                "%.2f%% (%.1f–%.1f%%)",
                100 * finished.getDouble("scores.exact_accuracy"),
                100 * finished.getDouble("intervals.exact_accuracy.low"),
                100 * finished.getDouble("intervals.exact_accuracy.high"));
        Response badge = badge(evaluation);
        assertThat(texts(badge)).containsExactly(WHAT, reached);
        assertThat(root(badge).getElementsByTagName("script").getLength()).isZero();
        assertThat(root(badge).getElementsByTagName("title").item(0).getTextContent())
                .startsWith(model);
        assertThat(badge.contentType()).startsWith("image/svg+xml");

        assertNeverOlderThanFiveMinutes(badge);
        assertThat(askedAgain(evaluation, queued).asString()).as("another one").isEqualTo(badge.asString());
        Response unchanged = askedAgain(evaluation, badge);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.asString()).isEmpty();
        assertThat(unchanged.header("ETag")).isEqualTo(badge.header("ETag"));
        assertNeverOlderThanFiveMinutes(unchanged);
    }

    /** Wherever it is shown and kept. */
    private static void assertNeverOlderThanFiveMinutes(Response badge) {
        assertThat(badge.header("ETag")).matches("W/\"[0-9a-f]{32}\"");
        Matcher kept = MAX_AGE.matcher(badge.header("Cache-Control"));
        assertThat(kept.matches()).as(badge.header("Cache-Control")).isTrue();
        assertThat(Integer.parseInt(kept.group(1))).isBetween(1, 300);
    }

    private static Response askedAgain(UUID evaluation, Response known) {
        return given().header("If-None-Match", known.header("ETag"))
                .get("/api/evaluations/" + evaluation + "/badge.svg");
    }

    @Test
    void or_the_answer_says_that_there_is_no_such_evaluation() {
        assertThat(given().get("/api/evaluations/" + UUID.randomUUID() + "/badge.svg")
                        .statusCode())
                .isEqualTo(404);
    }

    private static Response badge(UUID evaluation) {
        Response badge = given().get("/api/evaluations/" + evaluation + "/badge.svg");
        assertThat(badge.statusCode()).as(badge.asString()).isEqualTo(200);
        return badge;
    }

    private static List<String> texts(Response badge) throws Exception {
        NodeList texts = root(badge).getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    private static Element root(Response badge) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(badge.asByteArray()))
                .getDocumentElement();
    }
}
