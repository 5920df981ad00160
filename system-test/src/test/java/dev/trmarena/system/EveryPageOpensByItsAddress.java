package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link that somebody sent opens what it opened there; what is no page is not answered with one. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryPageOpensByItsAddress {
    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/submit?set=any",
                "/puzzle-sets/new",
                "/operations",
                "/evaluations?filter=trm",
                "/models",
                "/sets",
                "/sets/arc-agi-1.v2",
                "/evaluations/5b5b7b1e-0000-4000-8000-000000000000/tasks/3",
                "/compare/one/two",
                "/compare?e=one,two",
                "/models/trm.b"
            })
    void a_page(String address, Platform platform) throws Exception {
        assertIsThePage(get(platform, address), 200);
    }

    /** It knows best what to say of it. */
    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/models/a/b", "/evaluations/one/two"})
    void the_page_of_what_there_is_not(String address, Platform platform) throws Exception {
        assertIsThePage(get(platform, address), 404);
    }

    private static void assertIsThePage(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src");
        assertThat(answer.body()).contains("<title>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/assets/nothing.js", "/nothing.png", "/q/nothing"})
    void no_page(String address, Platform platform) throws Exception {
        HttpResponse<String> answer = get(platform, address);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("<title>trm-arena");
    }

    private HttpResponse<String> get(Platform platform, String address) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(platform.url() + address)).build(), BodyHandlers.ofString());
    }
}
