package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Minutes of kills under load; {@code system-test/soak MINUTES} runs as many as wanted. */
@ExtendWith(DisturbedPlatform.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePlatformIsSoaked {
    @Test
    @EnabledIfSystemProperty(
            named = "arena.soak.minutes",
            matches = "[1-9][0-9]*",
            disabledReason = "a soak takes minutes of kills: run system-test/soak MINUTES")
    void and_nothing_is_lost_double_or_stuck(Disturbed disturbed) throws Exception {
        long seed = SeededRandom.seed();
        Duration duration = Duration.ofMinutes(Long.getLong("arena.soak.minutes", 0));
        System.out.println("soak of " + duration.toMinutes() + " minutes, seed " + seed);
        Soak.Books books = new Soak(disturbed, seed, duration).run();
        System.out.println(books);
        assertThat(books.clean()).as(books.toString()).isTrue();
    }
}
