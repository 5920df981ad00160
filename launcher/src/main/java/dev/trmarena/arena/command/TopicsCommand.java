package dev.trmarena.arena.command;

import dev.trmarena.arena.kafka.WorkTopics;
import dev.trmarena.messages.Topics;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Print this help.")
        boolean help;

        @Override
        public Integer call() throws InterruptedException {
            WorkTopics.create(kafka, Duration.ofSeconds(60));
            System.out.println(
                    Topics.WORK + ", " + Topics.OUTCOMES + " and " + Topics.DEAD_WORK + " are there on " + kafka);
            return 0;
        }
    }
}
