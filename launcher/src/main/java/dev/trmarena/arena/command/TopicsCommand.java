package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.ConfiguredRetention;
import dev.trmarena.arena.kafka.WorkTopics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena topics}: a name for the command below it. */
@Command(name = "topics", description = "Kafka topics: create them.", subcommands = TopicsCommand.Create.class)
public final class TopicsCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    /** {@code arena topics create}, for a Kafka that {@code arena up} did not start. */
    @Command(
            name = "create",
            description = "Creates the topics and the settings of the share group; those that exist stay as they are.")
    static final class Create implements Callable<Integer> {
        @Option(names = "--kafka", paramLabel = "HOST:PORT", required = true, description = "Bootstrap servers.")
        String kafka;

        @Mixin
        ResultOptions result;

        @Override
        public Integer call() throws InterruptedException {
            List<String> topics = WorkTopics.create(kafka, Duration.ofSeconds(60), ConfiguredRetention.here());
            if (result.json) {
                ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kafka", kafka);
                topics.forEach(answer.putArray("topics")::add);
                System.out.println(answer);
            } else {
                System.out.println("on " + kafka + " are now " + String.join(", ", topics));
            }
            return 0;
        }
    }
}
