package dev.trmarena.arena.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks a broker who is in its cluster: a question that it answers by itself. A program, too: the health check of its container. */
public final class BrokerAnswers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 4_000;

    private final Admin admin;

    /** @param bootstrap {@code host:port} */
    public BrokerAnswers(String bootstrap) {
        this.admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrap,
                "reconnect.backoff.max.ms", 500,
                "socket.connection.setup.timeout.ms", PATIENCE_MILLIS,
                "request.timeout.ms", PATIENCE_MILLIS,
                "default.api.timeout.ms", PATIENCE_MILLIS));
    }

    /** Ends with 0 when it answers. @param args {@code host:port} */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException("expected HOST:PORT, got " + args.length + " arguments");
        }
        try (var broker = new BrokerAnswers(args[0])) {
            broker.ask();
        } catch (ExecutionException | TimeoutException e) {
            System.out.println("no answer from " + args[0] + ": " + e);
            // What was asked may still be waited for by a thread of its own.
            System.exit(1);
        }
    }

    /** Returns when it answers. */
    public void ask() throws InterruptedException, ExecutionException, TimeoutException {
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                .nodes()
                .get(PATIENCE_MILLIS + 1_000, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
