package dev.trmarena.http.admit;

import io.vertx.ext.web.RoutingContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Whom a request comes from, as far as that is known without accounts: an address, or of version 6 the network of one, as one
 * household or machine has all that begin so. Behind a proxy that is not trusted everybody is one sender.
 *
 * @param address where answers to it go
 */
public record Sender(String address) {
    private static final String KEY = Sender.class.getName();
    private static final int NETWORK_BYTES = 8;

    /** Known since the request was admitted. */
    public static Sender of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "a request that was not admitted has no sender");
    }

    void sends(RoutingContext context) {
        context.put(KEY, this);
    }

    /** By what senders are told apart. */
    public String key() {
        return address.contains(":") ? network(address) : address;
    }

    private static String network(String address) {
        try {
            // A literal: nothing is looked up.
            InetAddress parsed = InetAddress.getByName(address);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] network = Arrays.copyOf(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES), 2 * NETWORK_BYTES);
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
