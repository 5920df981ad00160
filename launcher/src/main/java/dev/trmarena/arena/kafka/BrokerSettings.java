package dev.trmarena.arena.kafka;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of the one broker, here and in a container; why work is a share group, and with which settings, is decision 7. */
final class BrokerSettings {
    private BrokerSettings() {}

    /**
     * @param controllerPort on 127.0.0.1: the controller is in the same process
     * @param listen {@code host:port}
     * @param advertised {@code host:port} by which others reach it
     */
    static Properties of(Path folder, int controllerPort, String listen, String advertised) {
        var settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("listeners", "PLAINTEXT://" + listen + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + advertised);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        settings.setProperty("log.dirs", folder.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        alone(settings);
        startQuickly(settings);
        shareGroups(settings);
        stayServingOnASmallMachine(settings);
        return settings;
    }

    /** One broker: everything is replicated once. */
    private static void alone(Properties settings) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".replication.factor", "1");
            settings.setProperty(topic + ".num.partitions", "1");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
    }

    /** A quorum of one has nobody to wait for. */
    private static void startQuickly(Properties settings) {
        settings.setProperty("controller.quorum.election.timeout.ms", "200");
        settings.setProperty("controller.quorum.election.backoff.max.ms", "100");
        settings.setProperty("controller.quorum.fetch.timeout.ms", "500");
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
    }

    /** A killed solver's work goes to the next one after six seconds instead of 45. */
    private static void shareGroups(Properties settings) {
        settings.setProperty("group.share.session.timeout.ms", "6000");
        settings.setProperty("group.share.min.session.timeout.ms", "6000");
        settings.setProperty("group.share.heartbeat.interval.ms", "1000");
        settings.setProperty("group.share.min.heartbeat.interval.ms", "1000");
        // A solver is two members.
        settings.setProperty("group.share.max.size", "1000");
        settings.setProperty("group.share.assignment.interval.ms", "0");
        settings.setProperty("group.share.min.assignment.interval.ms", "0");
    }

    private static void stayServingOnASmallMachine(Properties settings) {
        // Acknowledged messages survive a power cut, as the database's rows do.
        settings.setProperty("log.flush.interval.messages", "1");
        // The cleaner's default buffer alone is half of this process's heap.
        settings.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
    }
}
