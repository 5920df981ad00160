package dev.trmarena.http.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.http.refuse.Problem;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules one by one; that both services keep to them on every route is tested there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhoMayAskIsDecidedByWhatBrowsersSay {
    private final AllowedHosts hosts = new AllowedHosts(List.of("arena.example.org", " Second.Example "));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "localhost.:80",
                "127.0.0.1:1",
                "127.1.2.3",
                "[::1]:8080",
                "arena.example.org",
                "second.example:443",
                // The address that the connection came to.
                "192.168.1.5:8080"
            })
    void by_names_of_this_machine_and_those_that_were_added(String host) {
        assertThat(hosts.refuses(List.of(host), "192.168.1.5")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:8080",
                "127.0.0.1:80:evil",
                "192.168.1.6",
                "0.0.0.0:8080",
                "[::1]evil",
                "",
                ":80"
            })
    void by_no_other_name(String host) {
        assertThat(status(hosts.refuses(List.of(host), "192.168.1.5"))).isEqualTo(421);
    }

    @Test
    void by_one_name() {
        assertThat(status(hosts.refuses(List.of(), "127.0.0.1"))).isEqualTo(400);
        assertThat(status(hosts.refuses(List.of("localhost", "localhost"), "127.0.0.1")))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Method, Sec-Fetch-Site, Origin, expected. Nothing is known of a proxy.
                "POST, -, -, 0",
                "POST, same-origin, -, 0",
                "POST, none, -, 0",
                "POST, same-origin, http://other.example, 0",
                "POST, -, http://localhost:8080, 0",
                "POST, -, https://LOCALHOST:8080, 0",
                "POST, -, https://arena.example.org, 0",
                "POST, cross-site, -, 403",
                "POST, cross-site, http://localhost:8080, 403",
                "POST, same-site, -, 403",
                "POST, -, http://localhost:8081, 403",
                "POST, -, http://evil.example, 403",
                "POST, -, null, 403",
                "DELETE, -, http://evil.example, 403",
                "PATCH, cross-site, -, 403",
                "PUT, cross-site, -, 403",
                "GET, cross-site, -, 0",
                "HEAD, -, http://evil.example, 0"
            })
    void what_changes_something_is_sent_by_our_own_page(
            String method, @Nullable String site, @Nullable String origin, int expected) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Host", "localhost:8080");
        if (site != null) {
            headers.add("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            headers.add("Origin", origin);
        }
        assertThat(status(new SentFrom(hosts).refuses(method, headers, new TrustedProxies.Way(null, null, "::1"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // As the browser says it, as the proxy says it was asked, expected.
        "https://arena.example.org, https, arena.example.org, 0",
        "HTTPS://Arena.Example.org, https, arena.example.org, 0",
        "https://other.example:8443, https, other.example:8443, 0",
        // Without TLS anybody on the way may have written the page.
        "http://arena.example.org, https, arena.example.org, 403",
        "https://arena.example.org, http, arena.example.org, 403",
        "https://other.example, https, other.example:8443, 403",
        "https://evil.example, https, arena.example.org, 403",
        // Not what the proxy calls us, and not one of our names.
        "https://localhost:8080, https, arena.example.org, 403"
    })
    void behind_a_proxy_our_own_page_is_the_one_that_it_was_asked_for(
            String origin, String scheme, String host, int expected) {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().add("Host", "localhost:8080").add("Origin", origin);
        var way = new TrustedProxies.Way(host, scheme, "203.0.113.9");
        assertThat(status(new SentFrom(hosts).refuses("POST", headers, way))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/api/evaluations, 5, application/json, 0",
                "/api/evaluations, 5, Application/JSON; charset=utf-8, 0",
                "/api/evaluations, 5, text/plain, 415",
                "/api/evaluations, 5, application/x-www-form-urlencoded, 415",
                "/api/evaluations, 5, application/jsonp, 415",
                "/api/evaluations, 5, -, 415",
                "/api/evaluations, 5, application/offset+octet-stream, 415",
                "/api/evaluations, 0, text/plain, 0",
                "/api/evaluations, -, -, 0",
                "/api/uploads, -, -, 0",
                "/api/uploads/1, 5, application/offset+octet-stream, 0",
                "/api/uploads, 5, application/json, 415",
                "/api/uploadsx, 5, application/offset+octet-stream, 415"
            })
    void a_body_is_json_or_a_piece_of_a_file(
            String path, @Nullable String length, @Nullable String type, int expected) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (length != null) {
            headers.add("Content-Length", length);
        }
        if (type != null) {
            headers.add("Content-Type", type);
        }
        assertThat(status(BodyTypes.refuses(path, headers))).isEqualTo(expected);
        if (length != null) {
            headers.remove("Content-Length").add("Transfer-Encoding", "chunked");
            assertThat(status(BodyTypes.refuses(path, headers))).isEqualTo(length.equals("0") ? 415 : expected);
        }
    }

    private static int status(@Nullable Problem refused) {
        if (refused == null) {
            return 0;
        }
        assertThat(Objects.requireNonNull(refused).remedy()).isNotBlank();
        return refused.status();
    }
}
