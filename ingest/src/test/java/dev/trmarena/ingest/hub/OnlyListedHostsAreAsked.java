package dev.trmarena.ingest.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.http.refuse.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fetch may be led to: listed hosts, over TLS, on the Internet at large. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OnlyListedHostsAreAsked {
    private static final List<String> HOSTS =
            List.of("hub.example", "*.cdn.example", "inside.example", "inside.example:8443");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hub.example/a",
                "https://HUB.example.:443/a",
                "https://eu.cdn.example/a?b=c",
                "https://a.b.cdn.example/"
            })
    void by_the_names_of_the_list(String address) throws UnknownHostException {
        allowed("93.184.216.34").require(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hub.example.evil.net/a",
                "https://evilhub.example/a",
                "https://cdn.example/a",
                "https://.cdn.example/a",
                "https://evilcdn.example/a",
                "https://hub.example:8443/a",
                "https://hub.example@evil.net/a",
                "https://evil.net@hub.example/a",
                "http://hub.example/a",
                "ftp://hub.example/a",
                "file:///etc/passwd",
                "https://93.184.216.34/a",
                "https:/hub.example/a",
                "hub.example/a"
            })
    void and_no_others(String address) {
        assertThatThrownBy(() -> allowed("93.184.216.34").require(URI.create(address)))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2001::1",
                "2002:a00:1::1"
            })
    void however_they_resolve_when_it_leads_inside(String inside) throws UnknownHostException {
        assertThat(AllowedAddresses.isPublic(InetAddress.getByName(inside))).isFalse();
        assertThatThrownBy(() -> allowed("93.184.216.34", inside).require(URI.create("https://hub.example/a")))
                .as("one of several")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("of this machine or its network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "198.20.0.1",
                "2606:4700::1"
            })
    void of_the_internet_at_large(String outside) throws UnknownHostException {
        assertThat(AllowedAddresses.isPublic(InetAddress.getByName(outside))).isTrue();
    }

    @Test
    void and_of_the_network_only_where_that_is_said_of_this_very_host() throws UnknownHostException {
        AllowedAddresses allowed =
                new AllowedAddresses(HOSTS, List.of("inside.example"), name -> addresses("10.0.0.1"));
        allowed.require(URI.create("https://inside.example/a"));
        assertThatThrownBy(() -> allowed.require(URI.create("https://inside.example:8443/a")))
                .as("another port is another host")
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> allowed.require(URI.create("https://hub.example/a")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> allowed.require(URI.create("http://inside.example:443/a")))
                .as("without TLS only on this machine")
                .isInstanceOf(Refusal.class);
    }

    /** A name that resolved to the Internet a moment ago, and now to this machine. */
    @Test
    void and_the_other_end_of_a_connection_is_looked_at_before_a_byte_is_sent() throws IOException {
        var sockets = new CheckedSockets(allowed("93.184.216.34"), "hub.example");
        InetAddress here = InetAddress.getLoopbackAddress();
        try (var server = new ServerSocket(0, 1, here);
                var connected = new Socket(here, server.getLocalPort());
                Socket other = server.accept()) {
            assertThatThrownBy(() -> sockets.createSocket(connected, "hub.example", 443, true))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(Refusal.class);
            assertThat(connected.isClosed()).isTrue();
            assertThat(other.getInputStream().read()).as("nothing came").isNegative();
        }
    }

    private static AllowedAddresses allowed(String... addresses) {
        return new AllowedAddresses(HOSTS, List.of(), name -> addresses(addresses));
    }

    private static InetAddress[] addresses(String... addresses) throws UnknownHostException {
        var found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        return found;
    }
}
