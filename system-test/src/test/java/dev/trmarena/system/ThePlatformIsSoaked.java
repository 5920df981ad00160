package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Minutes of kills under load: three, or as many as {@code system-test/soak MINUTES} says. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThePlatformIsSoaked {
    private static final long MINUTES = 3;

    @Test
    void and_nothing_is_lost_double_or_stuck(Disturbed disturbed) throws Exception {
        long seed = SeededRandom.seed();
        Duration duration = Duration.ofMinutes(Long.getLong("arena.soak.minutes", MINUTES));
        System.out.println("soak of " + duration.toMinutes() + " minutes, seed " + seed);
        Soak.Books books = new Soak(disturbed, seed, duration).run();
        System.out.println(books);
        assertThat(books.clean()).as(books.toString()).isTrue();
    }
}
