package dev.trmarena.solver.work;

import dev.trmarena.messages.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** The topics of solvers on the broker of a test. */
final class WorkTopics {
    private WorkTopics() {}

    /** @param group settings of the share group, beside the one that it begins with the earliest unit */
    static void create(String bootstrap, Map<String, String> group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.WORK, 1, (short) 1),
                            new NewTopic(Topics.OUTCOMES, 1, (short) 1),
                            new NewTopic(Topics.WITHDRAWN, 1, (short) 1),
                            new NewTopic(Topics.HEARTBEATS, 1, (short) 1),
                            new NewTopic(Topics.DEAD_WORK, 1, (short) 1)
                                    .configs(Map.of("errors.deadletterqueue.group.enable", "true"))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            List<AlterConfigOp> settings = new ArrayList<>();
            settings.add(set("share.auto.offset.reset", "earliest"));
            group.forEach((key, value) -> settings.add(set(key, value)));
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, Topics.SOLVERS), settings))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    }
}
