package dev.trmarena.leaderboard.operate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/** What topics take on the disks of their brokers. */
final class TopicBytes {
    private static final int PATIENCE_MILLIS = 4_000;

    private TopicBytes() {}

    /**
     * Of all topics, each copy of them, the brokers' own among them.
     *
     * @param bootstrap {@code host:port}, several separated by commas
     * @throws IllegalStateException when no broker answers within some seconds
     */
    static long of(String bootstrap) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap,
                "socket.connection.setup.timeout.ms", PATIENCE_MILLIS,
                "request.timeout.ms", PATIENCE_MILLIS,
                "default.api.timeout.ms", PATIENCE_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            List<Integer> brokers = admin.describeCluster().nodes().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .map(Node::id)
                    .toList();
            return admin
                    .describeLogDirs(brokers)
                    .allDescriptions()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().values().stream())
                    .mapToLong(replica -> replica.size())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no broker at " + bootstrap + " tells how large its topics are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker was asked", e);
        }
    }
}
