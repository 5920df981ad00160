package dev.trmarena.db.remove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.dispatch.PlannedUnits;
import dev.trmarena.db.plan.AnswersEntries;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.plan.NewAnswers;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.record.UnusedGrids;
import dev.trmarena.messages.Retention;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.answers.AnswersReport;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.RankedCandidate;
import dev.trmarena.puzzles.score.ScoreSheet;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** With all that belongs to it, and nothing else. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsRemovedIsGone {
    private final Jdbi jdbi = TestPostgres.migrated();
    private final PlannedUnits planned = new PlannedUnits(jdbi);

    @Test
    void an_evaluation_goes_with_its_checkpoint_when_nobody_else_has_it() {
        UUID first = planned.evaluation("one", 3, Priority.NORMAL, false);
        UUID repeat = planned.evaluation("one", 3, Priority.NORMAL, true);
        Removal would = would(Removable.EVALUATION, first.toString()).orElseThrow();
        assertThat(would.evaluations()).containsExactly(first);
        assertThat(would.running()).isEqualTo(1);
        assertThat(would.models()).as("the repeat has the name, too").isEmpty();
        assertThat(would.checkpoints()).isEmpty();
        assertThat(would.artifacts()).isEmpty();

        assertThat(remove(first)).isEmpty();
        assertThat(rows("work_unit", first)).isZero();
        boolean known = jdbi.withHandle(handle -> RemoveEvaluations.isRemoved(handle, first));
        assertThat(known).isTrue();
        List<String> artifacts = remove(repeat);
        assertThat(artifacts).isNotEmpty();
        Set<String> used = jdbi.withHandle(ArtifactUses::all);
        assertThat(used).doesNotContainAnyElementsOf(artifacts);
        assertThat(removed(repeat)).as("once more").isEmpty();
    }

    @Test
    void the_first_repeat_stands_for_the_others_when_the_original_is_gone() {
        UUID first = planned.evaluation("one", 1, Priority.NORMAL, false);
        UUID second = planned.evaluation("one", 1, Priority.NORMAL, true);
        UUID third = planned.evaluation("one", 1, Priority.NORMAL, true);
        remove(first);
        assertThat(view(second).original()).isNull();
        assertThat(view(third).original()).isEqualTo(second);
        List<EvaluationView> repeats = jdbi.withHandle(handle -> ReadEvaluations.repeats(handle, third));
        assertThat(repeats).extracting(EvaluationView::id).containsExactly(second, third);
        UUID fourth = planned.evaluation("one", 1, Priority.NORMAL, true);
        assertThat(view(fourth).original()).isEqualTo(second);
    }

    @Test
    void a_model_goes_with_all_its_evaluations_and_a_set_with_all_on_it() {
        UUID one = planned.evaluation("one", 2, Priority.NORMAL, false);
        UUID two = planned.evaluation("two", 2, Priority.NORMAL, false);
        Removal model = would(Removable.MODEL, "one").orElseThrow();
        assertThat(model.evaluations()).containsExactly(one);
        assertThat(model.models()).containsExactly("one");
        assertThat(model.checkpoints()).hasSize(1);
        Removal set = would(Removable.PUZZLE_SET, "tiny").orElseThrow();
        assertThat(set.evaluations()).containsExactly(one, two);
        assertThat(set.artifacts()).hasSize(3);
        UUID id = Objects.requireNonNull(set.puzzleSet());
        assertThat(removedSet(id)).as("not under its evaluations").isEmpty();
        set.evaluations().forEach(this::remove);
        assertThat(removedSet(id))
                .hasValueSatisfying(artifacts -> assertThat(artifacts).hasSize(1));
        assertThat(would(Removable.PUZZLE_SET, "tiny")).isEmpty();
    }

    @Test
    void a_grid_goes_once_no_answer_names_it_and_not_before() {
        UUID kept = planned.evaluation("kept", 1, Priority.NORMAL, false);
        UUID gone = planned.evaluation("gone", 1, Priority.NORMAL, false);
        grid("01");
        grid("02");
        answered(kept, "01");
        answered(gone, "01");
        answered(gone, "02");
        assertThat(UnusedGrids.delete(jdbi, () -> {})).isZero();
        remove(gone);
        assertThat(UnusedGrids.delete(jdbi, () -> {})).isEqualTo(1);
        assertThat(grids()).containsExactly("01");
    }

    @Test
    void a_grid_that_is_named_while_others_go_stays() {
        UUID running = planned.evaluation("running", 2, Priority.NORMAL, false);
        grid("03");
        // Named between the look and the deletion.
        assertThat(UnusedGrids.delete(jdbi, () -> answered(running, "03"))).isZero();
        assertThat(grids()).containsExactly("03");
    }

    @Test
    void answers_of_another_system_have_no_checkpoint_and_their_grids_are_theirs() {
        planned.evaluation("run", 1, Priority.NORMAL, false);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        entered(first, 1);
        Removal would = would(Removable.EVALUATION, first.toString()).orElseThrow();
        assertThat(would.evaluations()).containsExactly(first);
        assertThat(would.checkpoints()).isEmpty();
        assertThat(view(first).protocol()).isNull();
        // Named between the look and the deletion.
        grid(HexFormat.of().formatHex(of(2).digest()));
        assertThat(UnusedGrids.delete(jdbi, () -> entered(second, 2))).isZero();
        assertThat(remove(first)).isEmpty();
        assertThat(removed(first)).as("once more").isEmpty();
        assertThat(UnusedGrids.delete(jdbi, () -> {})).isEqualTo(1);
        assertThat(grids()).containsExactly(HexFormat.of().formatHex(of(2).digest()));
    }

    private static Grid of(int colour) {
        return new Grid(1, 1, new byte[] {(byte) colour});
    }

    private void entered(UUID id, int colour) {
        var answered = new OutputResult(0, 0, 1, 1, 0, List.of(new RankedCandidate(of(colour), 1, 0)));
        var report = new AnswersReport(1, 0, 0, 0, 0, 0, List.of(), null);
        var sheet = new ScoreSheet(new TreeMap<>(Map.of("strict", 1.0)), List.of(answered));
        var scored = new ScoredAnswers(sheet, new TreeMap<>(), report, each -> each.accept(answered));
        jdbi.useTransaction(handle -> {
            UUID set = PuzzleSets.find(handle, "tiny").orElseThrow().id();
            var answers = new NewAnswers(id, set, "answers", "s.json", "digest", false, null, null, null, report);
            AnswersEntries.insert(handle, answers, scored);
        });
    }

    @Test
    void what_is_old_is_forgotten_and_what_is_not_is_kept() {
        quarantined("old", "now() - interval '100 days'", 10);
        quarantined("large", "now() - interval '2 days'", 2 << 20);
        quarantined("young", "now()", 10);
        Instant now = Instant.now();
        Retention usual = Retention.of(Map.of());
        int old = jdbi.withHandle(handle -> ForgetOld.quarantined(handle, usual, now));
        assertThat(old).isEqualTo(1);
        Retention little = Retention.of(Map.of("ARENA_RETENTION_QUARANTINED_BYTES", "2M"));
        int large = jdbi.withHandle(handle -> ForgetOld.quarantined(handle, little, now));
        assertThat(large).as("the large one is over the bytes").isEqualTo(1);
        List<String> left = jdbi.withHandle(handle -> handle.createQuery("select reason from quarantined_message")
                .mapTo(String.class)
                .list());
        assertThat(left).containsExactly("young");
    }

    private Optional<Removal> would(Removable removable, String key) {
        return jdbi.withHandle(handle -> Removal.of(handle, removable, key));
    }

    private Optional<List<String>> removed(UUID evaluation) {
        return jdbi.inTransaction(handle -> RemoveEvaluations.remove(handle, evaluation));
    }

    private Optional<List<String>> removedSet(UUID set) {
        return jdbi.inTransaction(handle -> RemoveEvaluations.removePuzzleSet(handle, set));
    }

    private List<String> remove(UUID evaluation) {
        return removed(evaluation).orElseThrow();
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
    }

    private int rows(String table, UUID evaluation) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from " + table + " where evaluation_id = :id")
                        .bind("id", evaluation)
                        .mapTo(Integer.class)
                        .one());
    }

    private void grid(String hex) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into grid (digest, grid_rows, grid_columns, cells) values (decode(?, 'hex'), 1, 1, '\\x00')",
                hex));
    }

    private List<String> grids() {
        return jdbi.withHandle(handle -> handle.createQuery("select encode(digest, 'hex') from grid order by 1")
                .mapTo(String.class)
                .list());
    }

    private void answered(UUID evaluation, String hex) {
        jdbi.useHandle(handle -> handle.execute("""
                        insert into prediction (evaluation_id, example, grid_digest, q_halt)
                        values (?, (select count(*) from prediction), decode(?, 'hex'), 0)""", evaluation, hex));
    }

    /** Of bytes that the database cannot make smaller. */
    private void quarantined(String reason, String at, int bytes) {
        var noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        jdbi.useHandle(handle -> handle.execute("""
                        insert into quarantined_message (topic, partition, message_offset, sent_at, bytes, length, reason, at)
                        values ('t', 0, ?, now(), ?, ?, ?, """ + at + ")", bytes, noise, bytes, reason));
    }
}
