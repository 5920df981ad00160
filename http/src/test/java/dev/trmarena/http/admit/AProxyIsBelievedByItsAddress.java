package dev.trmarena.http.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says of its way counts where it comes from a proxy that was configured. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AProxyIsBelievedByItsAddress {
    private static final MultiMap SAID = MultiMap.caseInsensitiveMultiMap()
            .add("X-Forwarded-Host", "arena.example")
            .add("X-Forwarded-Proto", "https")
            .add("X-Forwarded-For", "203.0.113.9");

    private final TrustedProxies proxies =
            new TrustedProxies(List.of(" 192.0.2.7", "", "10.1.0.0/16", "2001:db8::/32"));

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "10.1.255.1", "2001:db8::7", "2001:db8:0:1::"})
    void that_was_configured(String peer) {
        assertThat(proxies.of(peer, SAID)).isEqualTo(new TrustedProxies.Way("arena.example", "https", "203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.8", "10.2.0.1", "2001:db9::7", "127.0.0.1", "::1", "proxy.example", ""})
    void and_by_no_other(String peer) {
        assertThat(proxies.of(peer, SAID)).isEqualTo(new TrustedProxies.Way(null, null, peer));
    }

    @Test
    void by_none_when_none_was_configured() {
        for (String peer : List.of("127.0.0.1", "0.0.0.0", "::1", "::")) {
            assertThat(new TrustedProxies(List.of()).of(peer, SAID))
                    .isEqualTo(new TrustedProxies.Way(null, null, peer));
        }
        assertThat(proxies.of(null, SAID)).isEqualTo(new TrustedProxies.Way(null, null, "somebody"));
    }

    @Test
    void and_says_nothing_where_it_says_nothing() {
        assertThat(proxies.of("192.0.2.7", MultiMap.caseInsensitiveMultiMap()))
                .isEqualTo(new TrustedProxies.Way(null, null, "192.0.2.7"));
        assertThat(proxies.of(
                        "192.0.2.7",
                        MultiMap.caseInsensitiveMultiMap()
                                .add("X-Forwarded-Proto", "gopher")
                                .add("X-Forwarded-Host", " , ")
                                .add("X-Forwarded-For", "a\tline of its own")))
                .isEqualTo(new TrustedProxies.Way(null, null, "192.0.2.7"));
    }

    /** What stands before it a client can have written. */
    @Test
    void of_a_chain_the_last_word_counts() {
        MultiMap chain = MultiMap.caseInsensitiveMultiMap()
                .add("X-Forwarded-Host", "evil.example, arena.example")
                .add("X-Forwarded-Proto", "http")
                .add("X-Forwarded-Proto", "HTTPS")
                .add("X-Forwarded-For", "127.0.0.1, 203.0.113.9")
                .add("X-Forwarded-For", "10.1.0.3");
        assertThat(proxies.of("192.0.2.7", chain))
                .isEqualTo(new TrustedProxies.Way("arena.example", "https", "203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/a", "10.0.0", "*"})
    void what_is_no_address_is_refused_by_name(String address) {
        assertThatThrownBy(() -> new TrustedProxies(List.of("127.0.0.1", address)))
                .hasMessageContaining("'" + address + "'")
                .hasMessageContaining("ARENA_HTTP_PROXIES");
    }
}
