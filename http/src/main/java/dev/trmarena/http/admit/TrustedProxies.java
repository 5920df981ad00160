package dev.trmarena.http.admit;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe what a request says of its way. A proxy in front of the platform alone knows by which name, by which scheme and by
 * whom it was asked, and says so in {@code X-Forwarded-*}. Anybody can say the same: so it counts where the connection comes from an
 * address that was configured, and nowhere else.
 */
final class TrustedProxies {
    private final List<IpSubnetFilterRule> trusted = new ArrayList<>();

    /**
     * @param addresses of proxies: single ones, or ranges like {@code 10.0.0.0/8}
     * @throws IllegalArgumentException when one is neither
     */
    TrustedProxies(List<String> addresses) {
        for (String address : addresses) {
            if (!address.isBlank()) {
                trusted.add(rule(address.strip()));
            }
        }
    }

    /**
     * What is known of a request's way.
     *
     * @param host by which name a proxy was asked; null when no proxy that is believed says so
     * @param scheme in which it was asked, {@code http} or {@code https}; null likewise
     * @param client the address of whoever asked, as far as proxies that are believed tell it
     */
    record Way(@Nullable String host, @Nullable String scheme, String client) {}

    /** @param peer the address that the connection came from; null when it is not known */
    Way of(@Nullable String peer, MultiMap headers) {
        if (peer == null || !trusts(peer)) {
            return new Way(null, null, peer == null ? "somebody" : peer);
        }
        String scheme = last(said(headers, "X-Forwarded-Proto"));
        return new Way(
                last(said(headers, "X-Forwarded-Host")),
                scheme != null && scheme.matches("(?i)https?") ? scheme.toLowerCase(Locale.ROOT) : null,
                client(peer, said(headers, "X-Forwarded-For")));
    }

    /** Each proxy adds at the end whom it was asked by; the first one that is not believed is where that ends. */
    private String client(String peer, List<String> chain) {
        String client = peer;
        for (int at = chain.size() - 1; at >= 0 && trusts(client) && isAddress(chain.get(at)); at--) {
            client = chain.get(at);
        }
        return client;
    }

    private boolean trusts(String address) {
        InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
        return parsed != null && trusted.stream().anyMatch(rule -> rule.matches(new InetSocketAddress(parsed, 0)));
    }

    /** What came before the last, the client or a proxy further out has written. */
    private static @Nullable String last(List<String> said) {
        return said.isEmpty() ? null : said.get(said.size() - 1);
    }

    private static List<String> said(MultiMap headers, String name) {
        List<String> values = new ArrayList<>();
        for (String value : String.join(",", headers.getAll(name)).split(",")) {
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        return values;
    }

    private static boolean isAddress(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text) != null;
    }

    private static IpSubnetFilterRule rule(String address) {
        String[] parts = address.split("/", 2);
        InetAddress first = NetUtil.createInetAddressFromIpAddressString(parts[0]);
        try {
            if (first != null) {
                int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : 8 * first.getAddress().length;
                return new IpSubnetFilterRule(first, bits, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for what is no address.
        }
        throw new IllegalArgumentException("arena.http.proxies (ARENA_HTTP_PROXIES) has '" + address
                + "', which is no address; write addresses of proxies and ranges of them, like 127.0.0.1,10.0.0.0/8");
    }
}
