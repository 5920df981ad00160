package dev.trmarena.ingest.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.dispatch.DispatchUnits.Given;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A solver that does many units in a second finds many to take at a time; the clock is the test's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AsMuchIsInFlightAsIsAnswered {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final AnsweredLately answered = new AnsweredLately(Duration.ofSeconds(3));
    private Instant now = Instant.EPOCH;
    private int inFlight;

    @Test
    void nothing_before_anything_was_answered() {
        look(0, 4);
        assertThat(answered.units()).isZero();
        look(0, 0);
        assertThat(answered.units()).isZero();
    }

    @Test
    void what_is_given_out_and_not_answered_counts_as_nothing() {
        for (int i = 0; i < 100; i++) {
            look(0, 10);
        }
        assertThat(answered.units()).isZero();
    }

    @Test
    void so_many_as_were_in_three_seconds() {
        look(0, 20);
        for (int i = 0; i < 200; i++) {
            look(5, 5);
        }
        // 61 looks lie within three seconds, both ends included.
        assertThat(answered.units()).isEqualTo(61 * 5);
        for (int i = 0; i < 61; i++) {
            look(0, 0);
        }
        assertThat(answered.units()).as("and none afterwards").isZero();
    }

    /** Solvers that answer all that they get within a look: what is in flight grows until they are busy, and no further. */
    @Test
    void it_grows_until_solvers_are_busy() {
        int mostInALook = 20;
        for (int i = 0; i < 1000; i++) {
            int done = Math.min(mostInALook, inFlight);
            look(done, Math.max(4, answered.units()) - (inFlight - done));
        }
        assertThat(answered.units()).isEqualTo(61 * mostInALook);
        assertThat(inFlight).isBetween(60 * mostInALook, 61 * mostInALook);
    }

    @Test
    void never_more_than_the_topic_bears() {
        inFlight = 100_000;
        look(0, 0);
        look(90_000, 0);
        assertThat(answered.units()).isEqualTo(AnsweredLately.MOST);
    }

    private void look(int answeredSince, int givenOut) {
        inFlight -= answeredSince;
        answered.look(now, new Given(inFlight, Math.max(0, givenOut)));
        inFlight += Math.max(0, givenOut);
        now = now.plus(LOOK);
    }
}
