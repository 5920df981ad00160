package dev.trmarena.ingest.remove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.loops.Loops;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** That an evaluation was removed is known as long as something of it may still be heard. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingIsForgottenTooEarly {
    @Test
    void less_than_a_month_is_refused_at_the_start_by_its_name() {
        RetentionConfig less = config("P29D");
        assertThatThrownBy(() -> sweep(less))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arena.retention.removed is PT696H")
                .hasMessageContaining("30 days or more");
        assertThatCode(() -> sweep(config("P30D"))).doesNotThrowAnyException();
    }

    @Test
    void the_default_is_no_less_than_the_topic_of_outcomes_is_kept() throws Exception {
        var defaults = new SmallRyeConfigBuilder()
                .withMapping(RetentionConfig.class)
                .build()
                .getConfigMapping(RetentionConfig.class);
        assertThat(defaults.removed()).isGreaterThanOrEqualTo(SweepRows.LEAST_REMOVED);
        String topics = Files.readString(Path.of(System.getProperty("arena.root", ".."))
                .resolve("launcher/src/main/java/dev/trmarena/arena/kafka/WorkTopics.java"));
        assertThat(topics)
                .as("the month of the topics is that of the setting")
                .containsPattern("MONTH_MILLIS =\\s+String.valueOf\\(Duration.ofDays\\("
                        + SweepRows.LEAST_REMOVED.toDays() + "\\)");
    }

    /** It is made when the service starts. */
    private static void sweep(RetentionConfig config) {
        new SweepRows(Jdbi.create("jdbc:nobody:asks"), config, Clock.systemUTC(), new Loops());
    }

    private static RetentionConfig config(String removed) {
        return new SmallRyeConfigBuilder()
                .withMapping(RetentionConfig.class)
                .withDefaultValue("arena.retention.removed", removed)
                .build()
                .getConfigMapping(RetentionConfig.class);
    }
}
