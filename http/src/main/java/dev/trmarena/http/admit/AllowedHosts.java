package dev.trmarena.http.admit;

import dev.trmarena.http.refuse.Problem;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * By which names the service may be asked. Where there are no accounts, the loopback address is what keeps strangers out; a page of
 * theirs would come in through a browser on this machine, under a name of theirs that it made to mean this address (DNS rebinding).
 * Such a request has that name in its {@code Host}.
 */
final class AllowedHosts {
    private static final int MALFORMED = 400;
    private static final int MISDIRECTED = 421;

    private static final Pattern HOST = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::\\d{0,5})?");

    private final Set<String> names;

    /** @param names beside those of the loopback address and the address that a connection came to; without ports */
    AllowedHosts(List<String> names) {
        this.names = names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(AllowedHosts::canonical)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param hosts what the request calls this service, once for each such header
     * @param reached the address that its connection came to; null when it is not known
     * @return null when it may be called so
     */
    @Nullable
    Problem refuses(List<String> hosts, @Nullable String reached) {
        if (hosts.size() != 1) {
            return Problem.of(
                    MALFORMED,
                    null,
                    "Host",
                    "the request has " + hosts.size() + " Host headers",
                    "send one, with the name in the address");
        }
        String name = name(hosts.get(0));
        return allows(name, reached)
                ? null
                : Problem.of(
                        MISDIRECTED,
                        null,
                        "Host",
                        "this platform is not known as '" + shown(name) + "'",
                        "ask for it as localhost; whoever runs it can allow other names with arena.http.hosts"
                                + " (ARENA_HTTP_HOSTS=name,name)");
    }

    private boolean allows(String name, @Nullable String reached) {
        if (name.equals("localhost") || isConfigured(name)) {
            return true;
        }
        // Nobody can make an address mean another one.
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(name);
        return address != null
                && (address.isLoopbackAddress()
                        || reached != null && address.equals(NetUtil.createInetAddressFromIpAddressString(reached)));
    }

    /** Whether it is one of the names that were added. */
    boolean isConfigured(String name) {
        return names.contains(name);
    }

    /** The name in {@code name:port}, in the form that names are compared in; of what is none, all of it. */
    static String name(String host) {
        Matcher matcher = HOST.matcher(host);
        return canonical(matcher.matches() ? matcher.group(1) : host);
    }

    private static String canonical(String name) {
        String plain = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        return (plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain).toLowerCase(Locale.ROOT);
    }

    private static String shown(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
