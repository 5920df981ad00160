package dev.trmarena.arena.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks a broker who is in its cluster: a question that it answers by itself. */
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
