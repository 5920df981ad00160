package dev.trmarena.db.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trmarena.db.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What two sets share is written down after the second one has come, in both directions; whoever looks reads a row. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OverlapsAreCountedOnce {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** However they are written and counted: each pair is counted with the later of its two. */
    @Test
    void also_of_two_that_come_at_once() {
        try (Handle first = jdbi.open()) {
            first.begin();
            write(first, "first", "arc", "n from generate_series(0, 9) n");
            jdbi.useTransaction(second -> write(second, "second", "arc", "n from generate_series(5, 14) n"));
            assertThat(Overlaps.countNext(jdbi, () -> {})).as("the second one").isTrue();
            assertThat(Overlaps.countNext(jdbi, () -> {})).isFalse();
            first.commit();
        }
        assertThat(of("second")).containsExactly(new Overlaps.Counted("first", false, 0, List.of()));
        assertThat(of("first")).extracting(Overlaps.Counted::counted).containsExactly(false);
        List<String> pairs = new ArrayList<>();
        countAll(pairs);
        assertThat(pairs).as("each once").hasSize(1);
        assertThat(of("first").get(0).taskCount()).isEqualTo(5);
        assertThat(of("second").get(0).taskCount()).isEqualTo(5);
    }

    /** The process that counts ends after two of four pairs, of which one shares nothing. */
    @Test
    void and_goes_on_where_it_was_killed() {
        for (int set = 0; set < 4; set++) {
            written("set-" + set, "sequence", "n from generate_series(" + set * 10 + ", " + (set * 10 + 4) + ") n");
        }
        jdbi.useTransaction(handle -> write(handle, "all", "sequence", "n from generate_series(0, 100) n"));
        List<String> pairs = new ArrayList<>();
        assertThatThrownBy(() -> Overlaps.countNext(jdbi, () -> {
                    if (pairs.size() == 2) {
                        throw new IllegalStateException("killed");
                    }
                    pairs.add("begun");
                }))
                .hasMessage("killed");
        assertThat(of("all")).extracting(Overlaps.Counted::counted).containsExactlyInAnyOrder(true, true, false, false);
        countAll(pairs);
        assertThat(pairs).hasSize(4);
        assertThat(of("all")).hasSize(4).allMatch(each -> each.counted() && each.taskCount() == 5);
    }

    /** Somebody is inside a count: others are written, looked at and removed, and nobody counts beside it. */
    @Test
    void while_nobody_waits_for_it() throws Exception {
        written("counted", "maze", "n from generate_series(0, 9) n");
        jdbi.useTransaction(handle -> write(handle, "large", "maze", "n from generate_series(0, 19) n"));
        CompletableFuture<Boolean> counting;
        try (Handle holds = jdbi.open()) {
            holds.begin();
            holds.execute("lock table overlap in share mode");
            counting = CompletableFuture.supplyAsync(() -> Overlaps.countNext(jdbi, () -> {}));
            await().atMost(PATIENCE).until(this::somebodyWaits);

            jdbi.useTransaction(handle -> write(handle, "small", "maze", "n from generate_series(5, 6) n"));
            assertThat(Overlaps.countNext(jdbi, () -> {})).as("beside it").isFalse();
            assertThat(of("small")).hasSize(2).noneMatch(Overlaps.Counted::counted);
            holds.commit();
        }
        assertThat(counting.get(60, TimeUnit.SECONDS)).isTrue();
        countAll(new ArrayList<>());
        assertThat(of("small")).hasSize(2).allMatch(each -> each.counted() && each.taskCount() == 2);
        assertThat(of("large")).extracting(Overlaps.Counted::taskCount).containsExactly(10, 2);
    }

    @Test
    void of_a_set_that_is_removed_meanwhile_nothing_is_written() throws Exception {
        UUID removed = written("goes", "maze", "n from generate_series(0, 9) n");
        jdbi.useTransaction(handle -> write(handle, "comes", "maze", "n from generate_series(0, 9) n"));
        try (Handle removal = jdbi.open()) {
            removal.begin();
            removal.execute("delete from puzzle_set where id = ?", removed);
            // It still sees this one, and finds it gone when it writes.
            CompletableFuture<Boolean> counting =
                    CompletableFuture.supplyAsync(() -> Overlaps.countNext(jdbi, () -> {}));
            await().atMost(PATIENCE).until(this::somebodyWaits);
            removal.commit();
            assertThat(counting.get(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(of("comes")).isEmpty();
        assertThat(jdbi.<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from overlap")
                                .mapTo(Integer.class)
                                .one()))
                .isZero();
    }

    private void countAll(List<String> pairs) {
        while (Overlaps.countNext(jdbi, () -> pairs.add("begun"))) {
            assertThat(pairs).hasSizeLessThan(100);
        }
    }

    private boolean somebodyWaits() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select exists (select 1 from pg_stat_activity
                          where datname = current_database() and wait_event_type = 'Lock')""").mapTo(Boolean.class).one());
    }

    private List<Overlaps.Counted> of(String set) {
        return jdbi.withHandle(handle -> Overlaps.of(handle, set));
    }

    private UUID written(String name, String kind, String tasks) {
        UUID id = jdbi.inTransaction((Handle handle) -> write(handle, name, kind, tasks));
        countAll(new ArrayList<>());
        return id;
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
        return id;
    }
}
