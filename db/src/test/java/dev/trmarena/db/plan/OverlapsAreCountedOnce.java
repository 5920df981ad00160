package dev.trmarena.db.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.db.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What two sets share is written down with the second one, in both directions; whoever looks reads a row. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OverlapsAreCountedOnce {
    private final Jdbi jdbi = TestPostgres.migrated();

    @Test
    void in_both_directions_when_the_second_set_comes() {
        written("numbers", "sequence", "n from generate_series(0, 299) n");
        assertThat(of("numbers")).isEmpty();
        written("later", "sequence", "n from generate_series(90, 389) n");
        written("other-kind", "sudoku", "n from generate_series(0, 299) n");
        written("elsewhere", "sequence", "n from generate_series(1000, 1001) n");

        assertThat(of("numbers")).hasSize(1);
        Overlaps.Counted first = of("numbers").get(0);
        assertThat(first.other()).isEqualTo("later");
        assertThat(first.taskCount()).isEqualTo(210);
        assertThat(first.firstTasks()).hasSize(Overlaps.MOST_NAMED).startsWith(90, 91, 92);
        assertThat(of("later").get(0).taskCount()).isEqualTo(210);
        assertThat(of("later").get(0).firstTasks()).startsWith(0, 1, 2);
        assertThat(of("other-kind")).isEmpty();
        assertThat(of("elsewhere")).isEmpty();
        assertThat(jdbi.inTransaction((Handle handle) -> Overlaps.all(handle, "numbers", "later")).stream())
                .hasSize(210)
                .startsWith(90);
        assertThat(jdbi.inTransaction((Handle handle) -> Overlaps.all(handle, "numbers", "nobody"))
                        .isEmpty())
                .isTrue();
    }

    /** The same task twice in a set is two tasks of it. */
    @Test
    void each_task_of_the_set_that_is_asked_about() {
        written("twice", "maze", "n / 2 from generate_series(0, 9) n");
        written("once", "maze", "n from generate_series(3, 9) n");
        assertThat(of("twice").get(0).taskCount()).isEqualTo(4);
        assertThat(of("twice").get(0).firstTasks()).containsExactly(6, 7, 8, 9);
        assertThat(of("once").get(0).firstTasks()).containsExactly(0, 1);
    }

    @Test
    void and_is_gone_with_either_of_them() {
        UUID removed = written("removed", "maze", "n from generate_series(0, 9) n");
        written("stays", "maze", "n from generate_series(0, 9) n");
        jdbi.useHandle(handle -> handle.execute("delete from puzzle_set where id = ?", removed));
        assertThat(of("stays")).isEmpty();
    }

    /** The one that is written down later waits, and sees the other one. */
    @Test
    void also_by_two_that_come_at_once() throws Exception {
        CompletableFuture<Void> second;
        try (Handle first = jdbi.open()) {
            first.begin();
            write(first, "first", "arc", "n from generate_series(0, 9) n");
            second = CompletableFuture.runAsync(() -> written("second", "arc", "n from generate_series(5, 14) n"));
            await().atMost(Duration.ofSeconds(60)).until(this::somebodyWaits);
            first.commit();
        }
        second.get(60, TimeUnit.SECONDS);
        assertThat(of("first").get(0).taskCount()).isEqualTo(5);
        assertThat(of("second").get(0).taskCount()).isEqualTo(5);
    }

    private boolean somebodyWaits() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select exists (select 1 from pg_locks where locktype = 'advisory' and not granted
                          and database = (select oid from pg_database where datname = current_database()))""").mapTo(Boolean.class).one());
    }

    private List<Overlaps.Counted> of(String set) {
        return jdbi.withHandle(handle -> Overlaps.of(handle, set));
    }

    private UUID written(String name, String kind, String tasks) {
        return jdbi.inTransaction((Handle handle) -> write(handle, name, kind, tasks));
    }

    /** @param tasks numbers that are the contents of the tasks, in their order */
    private static UUID write(Handle handle, String name, String kind, String tasks) {
        UUID id = UUID.randomUUID();
        PuzzleSets.insert(handle, new PuzzleSetRow(id, name, kind, "digest of " + name, 4, 4, 1, 1, 1), List.of());
        handle.execute(
                "insert into task_hash (puzzle_set_id, task, content)"
                        + " select ?, row_number() over (order by n) - 1, md5(content::text)::uuid from (select n, "
                        + tasks
                        + ") t (n, content)",
                id);
        handle.execute(
                "update puzzle_set set hashed = true,"
                        + " task_count = (select count(*) from task_hash where puzzle_set_id = id) where id = ?",
                id);
        Overlaps.count(handle, id);
        return id;
    }
}
