package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.loops.Loops;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How long a step may take, by its operations and the speed that the solver has shown. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AStepHasADeadline {
    /** 32 ARC canvases through a full-size TRM. */
    private static final double FULL_STEP = 7.2E12;

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final long SECOND = 1_000_000_000L;

    private final Loops loops = new Loops();

    @Test
    void of_ten_times_what_it_takes_at_the_speed_that_was_measured() {
        StepDeadline deadline = of(LONGEST);
        deadline.ended(2E11, 2 * SECOND);
        assertThat(deadline.most(FULL_STEP)).isEqualTo(Duration.ofSeconds(720));
        // A fifth of the difference each time.
        deadline.ended(6E11, SECOND);
        assertThat(deadline.most(FULL_STEP)).isEqualTo(Duration.ofSeconds(360));
    }

    @Test
    void of_two_minutes_at_least_and_the_longest_at_most() {
        StepDeadline deadline = of(LONGEST);
        assertThat(deadline.most(1E6)).isEqualTo(Duration.ofMinutes(2));
        assertThat(deadline.most(1E11)).isEqualTo(Duration.ofMinutes(2));
        assertThat(deadline.most(FULL_STEP)).as("nothing was measured").isEqualTo(LONGEST);
        assertThat(deadline.most(5E13)).isEqualTo(LONGEST);
        assertThat(of(Duration.ofSeconds(2)).most(1)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void that_liveness_knows_and_that_ends_with_the_step() {
        StepDeadline deadline = of(Duration.ofMillis(300));
        assertThat(deadline.overdue()).isEmpty();
        deadline.begins(5.3E13);
        await().atMost(Duration.ofSeconds(60)).until(() -> deadline.overdue()
                .equals(java.util.Optional.of("an improvement step of 5.3E13 operations did not end within 0 s")));
        assertThat(loops.troubles()).hasSize(1);
        deadline.ended();
        assertThat(deadline.overdue()).isEmpty();
        assertThat(loops.troubles()).isEmpty();
        deadline.rests();
        assertThat(deadline.overdue()).isEmpty();
    }

    /** A process that was stopped, or that nobody looks at, has not computed for so long. */
    @Test
    void that_is_counted_by_looks() {
        StepDeadline deadline = of(Duration.ofMillis(1500));
        deadline.begins(1);
        assertThat(deadline.overdue()).isEmpty();
        await("nobody looks for longer than the step may take")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !loops.troubles().isEmpty());
        assertThat(deadline.overdue()).as("one look counts a second").isEmpty();
    }

    private StepDeadline of(Duration longest) {
        return new StepDeadline(longest, loops.watched("inference", longest));
    }
}
