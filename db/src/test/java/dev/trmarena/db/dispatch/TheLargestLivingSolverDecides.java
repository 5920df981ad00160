package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.ReadSolvers;
import dev.trmarena.db.board.SolverView;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What networks may take is what the largest of the solvers says that it holds, as long as it lives. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheLargestLivingSolverDecides {
    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);
    private final Instant now = Instant.now();

    @Test
    void on_what_a_network_may_take() {
        planned.heard("cannot tell", null, now.plus(Duration.ofHours(1)));
        assertThat(jdbi.withHandle(ReadSolvers::largestMemory)).isEmpty();

        planned.hasMemory("large", 80_000_000_000L);
        planned.hasMemory("small", 4_000_000_000L);
        planned.heard("large", null, now.plus(Duration.ofHours(1)));
        planned.heard("small", null, now.plus(Duration.ofHours(1)));
        assertThat(jdbi.withHandle(ReadSolvers::largestMemory)).contains(80_000_000_000L);

        jdbi.useHandle(handle -> handle.execute("update solver set leaving = true where name = 'large'"));
        assertThat(jdbi.withHandle(ReadSolvers::largestMemory))
                .as("of those that live")
                .contains(4_000_000_000L);
        planned.hasMemory("small", 3_000_000_000L);
        planned.heard("small", null, now.plus(Duration.ofHours(2)));
        assertThat(jdbi.withHandle(ReadSolvers::recent))
                .filteredOn(solver -> solver.name().equals("small"))
                .extracting(SolverView::memoryBytes)
                .as("started again on another machine")
                .containsExactly(3_000_000_000L);
    }
}
