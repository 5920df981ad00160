package dev.trmarena.http.pace;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request comes from, as far as that is known without accounts: the address of the connection, or what a proxy that is trusted
 * ({@code quarkus.http.proxy}) says of it. Behind a proxy that is not trusted everybody is one sender.
 */
public final class Sender {
    /** Half of an address of version 6: one household or machine has all that begin so. */
    private static final int NETWORK_BYTES = 8;

    private Sender() {}

    /** @return an address of version 4, or the network of one of version 6 */
    public static String of(HttpServerRequest request) {
        return of(request.remoteAddress());
    }

    static String of(@Nullable SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        if (host == null) {
            return "unknown";
        }
        return host.contains(":") ? network(host) : host;
    }

    private static String network(String host) {
        try {
            // A literal: nothing is looked up.
            InetAddress address = InetAddress.getByName(host);
            if (!(address instanceof Inet6Address)) {
                return address.getHostAddress();
            }
            byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 2 * NETWORK_BYTES);
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return host;
        }
    }
}
