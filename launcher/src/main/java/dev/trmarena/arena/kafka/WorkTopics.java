package dev.trmarena.arena.kafka;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import dev.trmarena.messages.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics and the share group's settings, in one place for one machine and for a cluster. Creating them twice is fine. */
public final class WorkTopics {
    /** As many as the broker allows: it never decides that a unit is given up. */
    private static final String DELIVERIES = "10";

    /** A unit whose every example is replayed: 64 examples, 16 steps, 900 cells, in base64. */
    private static final String OUTCOME_BYTES = String.valueOf(8 << 20);

    /** So many parts has a topic, and goes part by part: the one that is written to stays whatever its age. */
    private static final int SEGMENTS = 4;

    private WorkTopics() {}

    /**
     * Waits for the broker, then makes sure that topics and group settings are there.
     *
     * @param retention how long, and how much of it, each topic is kept
     * @param bootstrap {@code host:port}, several separated by commas
     * @return the names of the topics
     * @throws ArenaProblem when no broker answers in that time, or when it refuses
     */
    public static List<String> create(String bootstrap, Duration patience, Retention retention)
            throws InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "reconnect.backoff.ms",
                50,
                "reconnect.backoff.max.ms",
                250,
                "socket.connection.setup.timeout.ms",
                2_000,
                "default.api.timeout.ms",
                (int) patience.toMillis(),
                "request.timeout.ms",
                (int) Math.min(patience.toMillis(), 5_000));
        try (Admin admin = Admin.create(settings)) {
            // Older first: nobody may join the group before it is told to begin with the earliest unit.
            setGroup(admin, patience);
            return createTopics(admin, patience, retention);
        } catch (TimeoutException e) {
            throw noAnswer(bootstrap, patience, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw noAnswer(bootstrap, patience, e);
            }
            var problem = new ArenaProblem(
                    "Kafka at " + bootstrap + " refused the topics of trm-arena",
                    null,
                    null,
                    String.valueOf(e.getCause()),
                    "Kafka 4.4 or newer is needed, with share groups (share.version 1 or higher)");
            problem.initCause(e);
            throw problem;
        }
    }

    private static ArenaProblem noAnswer(String bootstrap, Duration patience, Exception cause) {
        var problem = new ArenaProblem(
                "no Kafka answered at " + bootstrap + " within " + patience.toSeconds() + " s",
                "check that it runs and that its advertised address can be reached from here");
        problem.initCause(cause);
        return problem;
    }

    private static void setGroup(Admin admin, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, Topics.SOLVERS);
        var changes = new ArrayList<AlterConfigOp>();
        Map.of(
                        // The default is latest: units published before the first solver came would never be solved.
                        "share.auto.offset.reset", "earliest",
                        "share.session.timeout.ms", "6000",
                        "share.heartbeat.interval.ms", "1000",
                        // A solver that hangs without dying keeps its unit no longer; one that works renews after five
                        // seconds.
                        "share.record.lock.duration.ms", "15000",
                        "share.delivery.count.limit", DELIVERIES,
                        "errors.deadletterqueue.topic.name", Topics.DEAD_WORK,
                        "errors.deadletterqueue.copy.record.enable", "true")
                .forEach((key, value) ->
                        changes.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        admin.incrementalAlterConfigs(Map.of(group, changes)).all().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<String> createTopics(Admin admin, Duration patience, Retention retention)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<NewTopic> topics = topics(retention);
        for (var created : admin.createTopics(topics).values().values()) {
            try {
                created.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        // Topics of an older data folder still have what was said then.
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (NewTopic topic : topics) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    topic.configs().entrySet().stream()
                            .map(config -> new AlterConfigOp(
                                    new ConfigEntry(config.getKey(), config.getValue()), AlterConfigOp.OpType.SET))
                            .toList());
        }
        admin.incrementalAlterConfigs(changes).all().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return topics.stream().map(NewTopic::name).toList();
    }

    private static List<NewTopic> topics(Retention retention) {
        return List.of(
                // One partition: a share group spreads its records over any number of solvers.
                topic(Topics.WORK, retention, Kept.WORK, Map.of()),
                topic(Topics.OUTCOMES, retention, Kept.OUTCOMES, Map.of("max.message.bytes", OUTCOME_BYTES)),
                // Each solver reads it all when it begins: the last word on an evaluation is enough.
                topic(Topics.WITHDRAWN, retention, Kept.WITHDRAWN, Map.of("cleanup.policy", "compact,delete")),
                // The broker's time: clocks of solvers elsewhere may be wrong.
                topic(Topics.HEARTBEATS, retention, Kept.HEARTBEATS, Map.of("message.timestamp.type", "LogAppendTime")),
                topic(
                        Topics.SOLVER_ENDS,
                        retention,
                        Kept.SOLVER_ENDS,
                        Map.of("message.timestamp.type", "LogAppendTime")),
                topic(
                        Topics.DEAD_WORK,
                        retention,
                        Kept.DEAD_WORK,
                        Map.of("errors.deadletterqueue.group.enable", "true")));
    }

    private static NewTopic topic(String name, Retention retention, Kept kept, Map<String, String> more) {
        Map<String, String> configs = new HashMap<>(more);
        long segment = Math.min(retention.bytes(kept) / SEGMENTS, Integer.MAX_VALUE);
        long millis = retention.time(kept).toMillis();
        // The broker looks at whole segments, and never deletes the last one for its bytes.
        configs.put("segment.bytes", String.valueOf(segment));
        configs.put("retention.bytes", String.valueOf(retention.bytes(kept) - segment));
        configs.put("segment.ms", String.valueOf(millis / SEGMENTS));
        configs.put("retention.ms", String.valueOf(millis));
        // -1: the broker's default, 1 on one machine and more in a cluster.
        return new NewTopic(name, 1, (short) -1).configs(configs);
    }
}
