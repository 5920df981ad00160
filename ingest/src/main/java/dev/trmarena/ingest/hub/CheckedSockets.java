package dev.trmarena.ingest.hub;

import dev.trmarena.http.refuse.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS over a connection whose other end is looked at first. By now it is known for sure where it leads to, whatever the name resolved to
 * when it was looked at before, and not a byte was sent.
 */
final class CheckedSockets extends SSLSocketFactory {
    private static final String UNUSED = "connections are made first, and TLS is spoken over them then";

    private final SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private final AllowedAddresses allowed;
    private final String place;

    /** @param place see {@link AllowedAddresses#place} */
    CheckedSockets(AllowedAddresses allowed, String place) {
        this.allowed = allowed;
        this.place = place;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        try {
            allowed.requireReachable(place, connected.getInetAddress());
        } catch (Refusal e) {
            connected.close();
            throw new IOException(e);
        }
        return tls.createSocket(connected, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException(UNUSED);
    }
}
