package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A unit that loses three solvers is given up, on purpose: whoever kills solvers at random must not hit one unit too often.
 * What a killed solver had in hand is solved before the kill after the next.
 */
final class SpareKilledUnits {
    private final Recorded recorded;
    private List<String> ofTheLast = List.of();
    private List<String> ofTheOneBefore = List.of();

    SpareKilledUnits(Recorded recorded) {
        this.recorded = recorded;
    }

    /** Called when a solver was just killed: its unit is among those in hand. */
    void remember() {
        ofTheOneBefore = ofTheLast;
        await("the database tells which units are in hand")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    ofTheLast = recorded.inHand();
                    return true;
                });
    }

    void awaitThoseOfBefore() {
        await("units that lost a solver before are solved")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(this::allSolved);
    }

    /** Whether a solver may be killed now. What it lost may wait, or have been taken up before that was recorded. */
    boolean allSolved() throws SQLException, IOException {
        return recorded.unsolvedThatLostTwice().isEmpty()
                && recorded.unsolved().stream().noneMatch(ofTheOneBefore::contains);
    }
}
