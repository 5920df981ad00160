package dev.trmarena.db.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.db.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class TheBacklogHasASizeAndAnAge {
    private final Jdbi jdbi = TestPostgres.migrated();

    @Test
    void both_are_zero_when_nothing_waits() {
        assertThat(jdbi.withHandle(Backlog::read)).isEqualTo(new Backlog(0, 0));
        Workload workload = jdbi.withHandle(Workload::read);
        assertThat(workload.waiting() + workload.inFlight() + workload.solved()).isZero();
        assertThat(workload.evaluations()).isEmpty();
    }

    @Test
    void the_age_is_that_of_the_oldest() {
        jdbi.useHandle(handle -> {
            for (int minutes : new int[] {5, 60, 1}) {
                handle.execute(
                        "insert into outbox (topic, key, payload, created_at) values ('t', 'k', '', now() - make_interval(mins => ?))",
                        minutes);
            }
        });
        Backlog backlog = jdbi.withHandle(Backlog::read);
        assertThat(backlog.messages()).isEqualTo(3);
        assertThat(backlog.oldestSeconds()).isCloseTo(3600, within(60.0));
    }
}
