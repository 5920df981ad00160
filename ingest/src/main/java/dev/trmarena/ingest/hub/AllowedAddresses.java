package dev.trmarena.ingest.hub;

import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses may be asked: those of the hosts of a list, over TLS, and none of this machine or its network, however a name resolves. What is
 * inside is reached from here by nobody who only knows how to write {@code hf://}.
 */
final class AllowedAddresses {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int FORBIDDEN = 422;

    private final List<String> hosts;
    private final List<String> privateHosts;
    private final Names names;

    /** What a name resolves to. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    AllowedAddresses(List<String> hosts, List<String> privateHosts, Names names) {
        this.hosts = hosts.stream().map(AllowedAddresses::plain).toList();
        this.privateHosts = privateHosts.stream().map(AllowedAddresses::plain).toList();
        this.names = names;
    }

    /**
     * @throws Refusal 422 for one that may not be asked
     * @throws UnknownHostException when the name cannot be resolved just now
     */
    void require(URI address) throws UnknownHostException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String place = place(address);
        if (address.getRawUserInfo() != null || hosts.stream().noneMatch(host -> fits(host, place))) {
            throw refused(
                    "the host " + Quote.of(place) + " is none of those that files may be fetched from",
                    "whoever runs the platform adds it to arena.hub.hosts (ARENA_HUB_HOSTS), if it may be asked");
        }
        InetAddress[] found = names.of(name(address));
        boolean here = privateHosts.contains(place);
        if (!scheme.equals("https")
                && !(scheme.equals("http") && here && Arrays.stream(found).allMatch(InetAddress::isLoopbackAddress))) {
            throw refused(
                    "the host " + Quote.of(place) + " is asked without TLS, by " + Quote.of(scheme),
                    "only https is spoken, but with hosts of this very machine in arena.hub.private-hosts");
        }
        for (InetAddress each : found) {
            requireReachable(place, each);
        }
    }

    /** Once more of the address that a connection has come to: a name may resolve otherwise each time. */
    void requireReachable(String place, InetAddress found) {
        if (!isPublic(found) && !privateHosts.contains(place)) {
            throw refused(
                    "the host " + Quote.of(place) + " has an address of this machine or its network",
                    "whoever runs the platform adds it to arena.hub.private-hosts (ARENA_HUB_PRIVATE_HOSTS), if it may be asked");
        }
    }

    private static Refusal refused(String problem, String remedy) {
        return new Refusal(FORBIDDEN, problem, remedy);
    }

    /** Host and, unless it is that of https, port. */
    static String place(URI address) {
        int standard = "http".equalsIgnoreCase(address.getScheme()) ? HTTP : HTTPS;
        int port = address.getPort() < 0 ? standard : address.getPort();
        return name(address) + (port == HTTPS ? "" : ":" + port);
    }

    private static String name(URI address) {
        return plain(String.valueOf(address.getHost()));
    }

    private static String plain(String host) {
        return host.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    private static boolean fits(String allowed, String place) {
        return allowed.startsWith("*.")
                ? place.endsWith(allowed.substring(1)) && place.length() >= allowed.length()
                : place.equals(allowed);
    }

    /** Whether it is one of the Internet at large; of others it is known what they are for (RFC 6890). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            // 2000::/3 is given out; of it 2001::/23 and 2002::/16 wrap or mean something else.
            boolean special = first == 0x20 && (second == 0x02 || second == 0x01 && bytes[2] >= 0 && bytes[2] < 2);
            return (first & 0xe0) == 0x20 && !special;
        }
        return first != 0
                && first < 240
                && !(first == 100 && (second & 0xc0) == 64)
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second & 0xfe) == 18);
    }
}
