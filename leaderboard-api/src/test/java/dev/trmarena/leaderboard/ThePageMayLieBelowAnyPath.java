package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy takes the path away below which people see the platform: whatever a page asks for must be found from what is left. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePageMayLieBelowAnyPath {
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final URI SEEN = URI.create("https://arena.example/some/where");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no/such/page",
                "/models/a/b",
                "/evaluations/e1/tasks/x",
                "/evaluations/e1/other",
                "/sets/a/b/c",
                "/sets/a/tasks",
                "/sets/a/tasks/b",
                "/operations/more"
            })
    void and_says_by_its_status_that_an_address_is_no_page(String address) {
        Response page = given().urlEncodingEnabled(false).get(address);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.contentType()).startsWith("text/html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/how-to-read",
                "/mine",
                "/docs",
                "/why-scores-differ",
                "/submit",
                "/submit/answers?set=a",
                "/puzzle-sets/new",
                "/index.html",
                "/operations",
                "/evaluations?after=e1",
                "/models",
                "/sets/?filter=a",
                "/sets/a.b",
                "/models/a%2Fb",
                "/models/a%2Fb/",
                "/models//a",
                "/evaluations/e1/tasks/7",
                "/embed/evaluations/e1/tasks/7?step=3",
                "/embed/sets/a.b",
                "/compare/e1/e2?x=/y/z"
            })
    void and_finds_what_it_needs(String address) {
        Response page = given().urlEncodingEnabled(false).get(address);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        List<String> needed = ADDRESS.matcher(page.asString())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(needed).hasSizeGreaterThanOrEqualTo(4);
        for (String one : needed) {
            String seen = URI.create(SEEN + address).resolve(one).toString();
            assertThat(seen).startsWith(SEEN + "/").doesNotContain("..");
            assertThat(given().get(seen.substring(SEEN.toString().length())).statusCode())
                    .as(seen)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/sets/a", "/embed", "/embedded/a", "/api/puzzle-sets", "/api/embed/a", "/embed/../sets/a"})
    void and_is_framed_by_nobody(String address) {
        assertThat(policy(address)).contains("frame-ancestors 'none';");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/embed/sets/a", "/embed/evaluations/e1", "/embed/evaluations/e1/tasks/7?step=3"})
    void but_where_it_is_made_for_that(String address) {
        assertThat(policy(address)).contains("default-src 'self';").contains("frame-ancestors *;");
    }

    private static String policy(String address) {
        return given().urlEncodingEnabled(false).get(address).header("Content-Security-Policy");
    }
}
