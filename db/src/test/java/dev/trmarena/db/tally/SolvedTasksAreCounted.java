package dev.trmarena.db.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.tally.ReadTally.Solved;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Of each model its best evaluation is counted, however many pieces it takes, whoever is killed and whatever is removed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SolvedTasksAreCounted {
    private static final int TASKS = 7;
    private static final int FEW = 4;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final UUID set = UUID.randomUUID();
    private int finished;

    @BeforeEach
    void one_set() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into puzzle_set (id, name, kind, manifest_digest, seq_len, vocab_size, identifier_count, example_count, task_count)
                values (?, 'set', 'arc', '', 900, 12, 1, 7, ?)""", set, TASKS));
    }

    @Test
    void of_a_model_the_best_and_of_repeats_the_first() {
        assertThat(count()).as("nothing finished").isFalse();
        evaluation("worse", 0.1, null, 0, 1, 2, 3, 4, 5, 6);
        UUID best = evaluation("worse", 0.9, null, 0, 1);
        UUID other = evaluation("other", 0.5, null, 1, 2);
        evaluation("lucky", 1.0, other, 3, 4, 5, 6);
        assertThat(count()).isTrue();
        assertThat(count()).as("once").isFalse();
        assertThat(tally()).isEqualTo(new Tally(2, 4, 2, 1));
        assertThat(solved()).containsExactly(1, 2, 1, 0, 0, 0, 0);
        assertThat(answers(1)).containsExactly(best, other);
    }

    @Test
    void a_task_is_solved_when_all_its_outputs_are_within_the_attempts() {
        UUID evaluation = evaluation("model", 0.9, null, 0, 1);
        jdbi.useHandle(handle -> {
            handle.execute("insert into test_output values (?, 0, 1, 3, 3, 1)", evaluation);
            handle.execute("insert into test_output values (?, 1, 1, 3, 2, 1)", evaluation);
        });
        count();
        assertThat(solved()).containsExactly(0, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void by_another_metric_another_evaluation_is_the_best() {
        UUID one = evaluation("model", 0.9, null, 0);
        UUID two = evaluation("model", 0.8, null, 1);
        count();
        assertThat(answers(0)).containsExactly(one);
        jdbi.useHandle(handle -> {
            handle.execute("insert into score values (?, 'strict', 0.1), (?, 'strict', 0.2)", one, two);
            handle.execute("update puzzle_set set ranking_metric = 'strict'");
        });
        assertThat(count()).isTrue();
        assertThat(answers(0)).containsExactly(two);
        assertThat(solved()).startsWith(0, 1);
    }

    @Test
    void who_was_killed_counts_anew_and_what_was_removed_is_gone() {
        UUID one = evaluation("one", 0.9, null, 0, 6);
        count();
        UUID two = evaluation("two", 0.8, null, 0, 1);
        List<String> pieces = new ArrayList<>();
        assertThatThrownBy(() -> CountSolved.next(jdbi, FEW, () -> {
                    pieces.add("begun");
                    if (pieces.size() == 3) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        assertThat(tally()).as("as it was").isEqualTo(new Tally(1, 5, 2, 2));
        assertThat(count()).isTrue();
        assertThat(tally()).isEqualTo(new Tally(2, 4, 2, 1));
        assertThat(solved()).containsExactly(2, 1, 0, 0, 0, 0, 1);

        jdbi.useHandle(handle -> handle.execute("delete from evaluation where id = ?", one));
        assertThat(answers(0)).containsExactly(two);
        assertThat(count()).isTrue();
        assertThat(solved()).containsExactly(1, 1, 0, 0, 0, 0, 0);
        jdbi.useHandle(handle -> handle.execute("delete from evaluation where id = ?", two));
        assertThat(count()).isTrue();
        assertThat(count()).isFalse();
        Optional<Tally> nothing = jdbi.withHandle(handle -> ReadTally.of(handle, "set"));
        assertThat(nothing).isEmpty();
        Map<Integer, Integer> counts = jdbi.withHandle(handle -> ReadTally.solved(handle, "set", List.of(0)));
        assertThat(counts).isEmpty();
    }

    @Test
    void one_counts_at_a_time() {
        evaluation("model", 0.9, null, 0);
        List<Boolean> beside = new ArrayList<>();
        assertThat(CountSolved.next(jdbi, FEW, () -> beside.add(elsewhere()))).isTrue();
        assertThat(beside).isNotEmpty().containsOnly(false);
    }

    @Test
    void pages_in_both_directions_are_the_whole_list() {
        evaluation("one", 0.9, null, 0, 2, 4);
        evaluation("two", 0.8, null, 2, 3, 4);
        count();
        assertThat(pages(new SolvedSelection(null, null, true, false))).containsExactly(1, 5, 6, 0, 3, 2, 4);
        assertThat(pages(new SolvedSelection(null, null, true, true))).containsExactly(4, 2, 3, 0, 6, 5, 1);
        assertThat(pages(new SolvedSelection(null, 1, false, true))).containsExactly(3, 0);
        assertThat(pages(new SolvedSelection(List.of(1, 2, 3, 4), null, true, false)))
                .containsExactly(1, 3, 2, 4);
        var two = new SolvedSelection(List.of(1, 2), 2, false, false);
        assertThat(pages(two)).containsExactly(2);
        int counted = jdbi.withHandle(handle -> ReadTally.count(handle, "set", two));
        assertThat(counted).isEqualTo(1);
    }

    private List<Integer> pages(SolvedSelection selection) {
        List<Integer> seen = new ArrayList<>();
        Solved behind = null;
        while (true) {
            Solved last = behind;
            List<Solved> page = jdbi.withHandle(handle -> ReadTally.page(handle, "set", selection, last, 2));
            if (page.isEmpty()) {
                return seen;
            }
            page.forEach(task -> seen.add(task.task()));
            behind = page.get(page.size() - 1);
        }
    }

    /** On a connection of its own: a session may take a lock that it has. */
    private boolean elsewhere() {
        return CompletableFuture.supplyAsync(this::count).join();
    }

    private boolean count() {
        return CountSolved.next(jdbi, FEW, () -> {});
    }

    private Tally tally() {
        return jdbi.withHandle(handle -> ReadTally.of(handle, "set")).orElseThrow();
    }

    private List<Integer> solved() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select solved from task_tally where puzzle_set_id = :set order by task")
                        .bind("set", set)
                        .mapTo(Integer.class)
                        .list());
    }

    private List<UUID> answers(int task) {
        return jdbi.withHandle(handle -> ReadTally.answers(handle, "set", task, 0, 10)).stream()
                .map(StoredAnswer::evaluation)
                .toList();
    }

    /** @param original the evaluation that this one repeats; null for none @param right tasks that it solves */
    private UUID evaluation(String model, double score, @Nullable UUID original, int... right) {
        UUID id = UUID.randomUUID();
        jdbi.useTransaction(handle -> {
            // A checkpoint that nobody looks at.
            handle.execute("set local session_replication_role = replica");
            handle.execute(
                    "insert into evaluation (id, checkpoint_id, puzzle_set_id, model, protocol, state, example_count, unit_count,"
                            + " finished_at, mean_steps, original_id, repeat) values (?, ?, ?, ?, 'p', 'finished', 7, 1,"
                            + " now() + ? * interval '1 second', 1, ?, ?)",
                    id,
                    UUID.randomUUID(),
                    set,
                    model,
                    finished++,
                    original,
                    original == null ? 1 : 2);
            handle.execute("insert into score values (?, ?, ?)", id, PuzzleKind.ARC.mainMetric(), score);
            handle.execute("insert into test_output select ?, task, 0, 1, null, 1 from generate_series(0, 6) task", id);
            for (int task : right) {
                handle.execute(
                        "update test_output set solution_rank = 2 where evaluation_id = ? and task = ?", id, task);
            }
        });
        return id;
    }
}
