package dev.trmarena.db.canary;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.StorableText;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.score.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The units of canaries: planned, answered, judged. What is there already stays, however often it is said. */
public final class CanaryUnits {
    /** Condition: somebody is still to answer it. */
    static final String IS_OPEN = "exact is null and failure is null";

    private CanaryUnits() {}

    /** Must run in the transaction that plans the evaluation, which has as many examples a unit. */
    public static void plan(Handle handle, UUID evaluation, NewCanary canary, Protocol protocol, int unitSize) {
        handle.createUpdate("""
                        update evaluation set canary = :canary::jsonb, canary_open = :open, stop_if_suspect = :stops
                        where id = :id""")
                .bind("canary", json(canary.view()))
                .bind("open", canary.none() == null)
                .bind("stops", canary.stopsIfSuspect())
                .bind("id", evaluation)
                .execute();
        if (canary.none() == null) {
            add(handle, evaluation, new Settings(protocol, null, null), 0, canary.examples(), unitSize);
        }
    }

    /**
     * What the demonstrations are solved with.
     *
     * @param hCycles null for the checkpoint's own
     * @param lCycles likewise
     */
    public record Settings(
            Protocol protocol,
            @Nullable Integer hCycles,
            @Nullable Integer lCycles) {}

    /** Has the demonstrations solved with other settings. @param run from 1 */
    public static void add(Handle handle, UUID evaluation, Settings settings, int run, int examples, int unitSize) {
        handle.createUpdate("""
                        insert into canary_unit (evaluation_id, idx, run, protocol, h_cycles, l_cycles, first_example, end_example)
                        select :id, (select coalesce(max(idx) + 1, 0) from canary_unit where evaluation_id = :id) + n, :run,
                               :protocol, :high, :low, n * :size, least((n + 1) * :size, :examples)
                        from generate_series(0, (:examples - 1) / :size) n""")
                .bind("id", evaluation)
                .bind("run", run)
                .bind("protocol", settings.protocol().key())
                .bind("high", settings.hCycles())
                .bind("low", settings.lCycles())
                .bind("size", unitSize)
                .bind("examples", examples)
                .execute();
    }

    private record Asked(int firstExample, int endExample, int handouts) {}

    /**
     * Keeps how many of a unit's demonstrations are right, the first time that it is told.
     *
     * @throws AnswersNothing when it was not given out so often
     * @throws IllegalArgumentException when the predictions are not its demonstrations
     */
    public static void answered(Handle handle, Outcome.CanaryAnswer answer, int exact) {
        Asked asked = asked(handle, answer, answer.handout());
        int expected = asked.firstExample();
        for (Prediction prediction : answer.predictions()) {
            if (prediction.example() != expected++) {
                throw notItsExamples(answer, asked);
            }
        }
        if (expected != asked.endExample()) {
            throw notItsExamples(answer, asked);
        }
        handle.createUpdate("""
                        update canary_unit set exact = :exact
                        where evaluation_id = :id and idx = :unit and %s""".formatted(IS_OPEN))
                .bind("exact", exact)
                .bind("id", answer.evaluation())
                .bind("unit", answer.unit())
                .execute();
    }

    private static IllegalArgumentException notItsExamples(Outcome.CanaryAnswer answer, Asked asked) {
        return new IllegalArgumentException("unit " + answer.unit() + " of the canary of evaluation "
                + answer.evaluation() + " is the demonstrations " + asked.firstExample() + " to "
                + (asked.endExample() - 1) + ", the outcome has others");
    }

    /** What failed waits again, or ends with the reason where no solver can; unless it was given out again meanwhile. */
    public static void failed(Handle handle, Outcome.NoCanaryAnswer nothing) {
        asked(handle, nothing, nothing.handout());
        boolean impossible = nothing.end() == Outcome.NotReplayed.End.IMPOSSIBLE;
        boolean wrong = nothing.end() == Outcome.NotReplayed.End.WENT_WRONG;
        handle.createUpdate("""
                        update canary_unit set given_out_at = null, times_lost = times_lost + :lost,
                               trouble = coalesce(:trouble, trouble), failure = :failure
                        where evaluation_id = :id and idx = :unit and handouts = :handout and given_out_at is not null and %s""".formatted(IS_OPEN))
                .bind("lost", wrong ? 1 : 0)
                .bind("trouble", wrong ? StorableText.text(nothing.reason()) : null)
                .bind("failure", impossible ? StorableText.text(nothing.reason()) : null)
                .bind("id", nothing.evaluation())
                .bind("unit", nothing.unit())
                .bind("handout", nothing.handout())
                .execute();
    }

    private static Asked asked(Handle handle, Outcome outcome, int handout) {
        Asked asked = handle.createQuery("""
                        select first_example, end_example, handouts from canary_unit
                        where evaluation_id = :id and idx = :unit for update""")
                .bind("id", outcome.evaluation())
                .bind("unit", outcome.unit())
                .mapTo(Asked.class)
                .findOne()
                .orElseThrow(() -> new AnswersNothing(
                        "the canary of evaluation " + outcome.evaluation() + " has no unit " + outcome.unit()));
        if (asked.handouts() < handout) {
            throw new AnswersNothing("unit " + outcome.unit() + " of the canary of evaluation " + outcome.evaluation()
                    + " was given out " + asked.handouts() + " times, the message is of time " + handout);
        }
        return asked;
    }

    /** Whoever has them lets go of them, or is elsewhere: they wait again. @param evaluation null for all there are */
    public static void giveBack(Handle handle, @Nullable UUID evaluation) {
        handle.createUpdate("""
                        update canary_unit set given_out_at = null
                        where given_out_at is not null and %s and (:id::uuid is null or evaluation_id = :id)""".formatted(IS_OPEN)).bind("id", evaluation).execute();
    }

    /** Evaluations all of whose demonstrations are answered, or never will be, and that nobody has judged by them. */
    public static List<UUID> due(Handle handle) {
        return handle.createQuery("""
                        select id from evaluation e
                        where canary_open and not is_over and not exists (
                          select 1 from canary_unit where evaluation_id = e.id and %s)
                        order by created_at""".formatted(IS_OPEN)).mapTo(UUID.class).list();
    }

    /**
     * What an evaluation is judged by.
     *
     * @param puzzleSet its name
     * @param manifest of the checkpoint
     * @param unitSize examples of a unit
     */
    public record Target(
            UUID evaluation,
            String puzzleSet,
            String puzzleSetManifest,
            String fileName,
            String manifest,
            Protocol protocol,
            int exampleCount,
            int unitSize,
            boolean stopIfSuspect) {}

    /** Locks the evaluation. Empty when it was judged, ended or removed meanwhile. */
    public static Optional<Target> lock(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select e.id as evaluation, s.name as puzzle_set, s.manifest_digest as puzzle_set_manifest, c.file_name,
                               c.manifest::text as manifest, e.protocol, e.example_count, e.unit_size, e.stop_if_suspect
                        from evaluation e join checkpoint c on c.id = e.checkpoint_id
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id and e.canary_open and not e.is_over for update of e""")
                .bind("id", evaluation)
                .mapTo(Target.class)
                .findOne();
    }

    /**
     * All demonstrations with some settings.
     *
     * @param exact of those that were answered
     * @param failure why there are others; null when all were answered
     */
    public record Run(
            int run,
            Protocol protocol,
            @Nullable Integer hCycles,
            @Nullable Integer lCycles,
            int examples,
            int exact,
            @Nullable String failure) {}

    /** In their order: the first is the evaluation's own. */
    public static List<Run> runs(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select run, protocol, h_cycles, l_cycles, sum(end_example - first_example)::int as examples,
                               coalesce(sum(exact), 0)::int as exact, max(failure) as failure
                        from canary_unit where evaluation_id = :id
                        group by run, protocol, h_cycles, l_cycles order by run""").bind("id", evaluation).mapTo(Run.class).list();
    }

    /** It is judged, once and for all. The caller has locked the evaluation. */
    public static void judged(Handle handle, UUID evaluation, CanaryView canary) {
        handle.createUpdate("update evaluation set canary = :canary::jsonb, canary_open = false where id = :id")
                .bind("canary", json(canary))
                .bind("id", evaluation)
                .execute();
    }

    private static String json(CanaryView canary) {
        return new String(Json.write(canary), StandardCharsets.UTF_8);
    }
}
