package dev.trmarena.arena.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What is promised of messages does not depend on where the broker runs: when they are on disk, how often they are kept, after
 * what silence a consumer's work is given to another.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheContainersBrokerPromisesTheSame {
    private static final Path COMPOSE =
            Path.of(System.getProperty("arena.root", "..")).resolve("docker-compose.yml");
    private static final Pattern VARIABLE =
            Pattern.compile("^ +KAFKA_([A-Z_]+): +\"?([^\"#]*?)\"? *$", Pattern.MULTILINE);
    private static final Pattern PROMISE = Pattern.compile(
            "log\\.flush\\..*|.*replication\\.factor|.*\\.min\\.isr|min\\.insync\\.replicas|unclean\\..*"
                    + "|auto\\.create\\.topics\\.enable|group\\.(share|consumer)\\..*");

    @Test
    void as_the_one_that_the_launcher_starts() throws IOException {
        Map<String, String> containers = new TreeMap<>();
        Matcher variable = VARIABLE.matcher(Files.readString(COMPOSE));
        while (variable.find()) {
            keep(containers, variable.group(1).toLowerCase(Locale.ROOT).replace('_', '.'), variable.group(2));
        }
        Map<String, String> launchers = new TreeMap<>();
        Properties settings = BrokerSettings.of(Path.of("kafka"), 1, 2);
        settings.stringPropertyNames().forEach(name -> keep(launchers, name, settings.getProperty(name)));
        assertThat(launchers).containsEntry("log.flush.interval.messages", "1").hasSizeGreaterThan(11);
        assertThat(containers).isEqualTo(launchers);
    }

    private static void keep(Map<String, String> promises, String name, String value) {
        if (PROMISE.matcher(name).matches()) {
            promises.put(name, value);
        }
    }
}
