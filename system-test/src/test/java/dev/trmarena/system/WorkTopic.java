package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;

/**
 * What the broker still has for the solvers.
 *
 * @param bootstrap where it listens
 */
record WorkTopic(String bootstrap) {
    /** Waits until some solver has accepted every unit that was ever sent: what a dead one held was given out again. */
    void awaitAllAccepted(Duration patience) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            await("every unit is accepted").atMost(patience).until(() -> admin
                    .listShareGroupOffsets(Map.of(Topics.SOLVERS, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(Topics.SOLVERS)
                    .get()
                    .values()
                    .stream()
                    .map(SharePartitionOffsetInfo::lag)
                    .allMatch(Optional.of(0L)::equals));
        }
    }
}
