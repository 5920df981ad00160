package dev.trmarena.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Stands before a platform, on loopback, and cuts off connections that bring many bytes, so often as it is told. */
final class CutConnections implements AutoCloseable {
    private static final int BUFFER = 1 << 12;

    private final ServerSocket server;
    private final URI platform;
    private final Queue<Integer> cuts;

    /** @param after the bytes after which the first, the second … such connection is cut off */
    CutConnections(URI platform, Queue<Integer> after) throws IOException {
        this.platform = platform;
        this.cuts = new ConcurrentLinkedQueue<>(after);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                start(() -> carry(client));
            }
        });
    }

    String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** Cuts that are still to come. */
    int left() {
        return cuts.size();
    }

    private void carry(Socket client) throws IOException {
        try (client;
                var behind = new Socket()) {
            behind.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), platform.getPort()));
            start(() -> {
                copy(behind.getInputStream(), client.getOutputStream(), false);
                client.close();
            });
            copy(client.getInputStream(), behind.getOutputStream(), true);
        }
    }

    private void copy(InputStream in, OutputStream out, boolean mayCut) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int sent = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            sent += read;
            @Nullable Integer after = cuts.peek();
            if (mayCut && after != null && sent >= after) {
                cuts.poll();
                return;
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of both ends went away, which is what this is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
