package dev.trmarena.db.plan;

import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.canary.CanaryUnits;
import dev.trmarena.messages.HistoryEvent;
import dev.trmarena.puzzles.score.Adaptation;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoint, evaluation and the cut of its work units appear together or not at all: the caller's transaction is the plan. Rows of units
 * are made when they are given out.
 */
public final class PlanEvaluation {
    private PlanEvaluation() {}

    /**
     * The evaluation that stands for the request.
     *
     * @param created false when one of the same weights and settings on the same set was there already and has neither failed
     *     nor been cancelled
     */
    public record PlannedEvaluation(UUID evaluation, boolean created) {}

    /** One that nobody follows. Must run in a transaction. */
    public static PlannedEvaluation plan(Handle handle, NewCheckpoint checkpoint, NewEvaluation evaluation) {
        return plan(handle, checkpoint, evaluation, null, open -> {});
    }

    /**
     * Must run in a transaction.
     *
     * @param traceparent the span that its units and its score continue, whenever they come; null for none
     * @param room asked before anything is written, and not where the evaluation is there already: throws where there is none
     */
    public static PlannedEvaluation plan(
            Handle handle,
            NewCheckpoint checkpoint,
            NewEvaluation evaluation,
            @Nullable String traceparent,
            Consumer<Handle> room) {
        // Held until the end: two requests for the same weights at once, in whatever files they came, plan one
        // evaluation.
        SameWork.lock(handle, checkpoint.tensorDigest());
        var existing = SameWork.find(handle, checkpoint, evaluation.puzzleSet(), evaluation.protocol());
        if (existing.isPresent() && !evaluation.again()) {
            return new PlannedEvaluation(existing.get(), false);
        }
        room.accept(handle);
        insert(handle, upsert(handle, checkpoint), evaluation, existing.orElse(null), traceparent);
        if (evaluation.canary() != null) {
            CanaryUnits.plan(
                    handle, evaluation.id(), evaluation.canary(), evaluation.protocol(), evaluation.unitSize());
        }
        Adaptation adaptation = evaluation.protocol().adaptation();
        if (evaluation.leg() != null && adaptation != null) {
            AdaptationStages.plan(handle, evaluation.id(), adaptation.steps(), evaluation.leg());
        }
        EvaluationHistory.add(handle, evaluation.id(), HistoryEvent.PLANNED, null);
        return new PlannedEvaluation(evaluation.id(), true);
    }

    /**
     * A checkpoint that was made here, of another one, and that an evaluation answers by.
     *
     * @param parent tensor digest of the other one
     * @param recipe key of the protocol that it was adapted by
     * @return its id
     */
    public static UUID adapted(Handle handle, NewCheckpoint checkpoint, String parent, String recipe) {
        UUID id = upsert(handle, checkpoint);
        handle.createUpdate("update checkpoint set parent_digest = :parent, recipe = :recipe where id = :id")
                .bind("parent", parent)
                .bind("recipe", recipe)
                .bind("id", id)
                .execute();
        return id;
    }

    private static UUID upsert(Handle handle, NewCheckpoint checkpoint) {
        UUID id = handle.createQuery("""
                        insert into checkpoint (id, manifest_digest, source_digest, tensor_digest, file_name,
                                                architecture, core_parameters, embedding_parameters, manifest)
                        values (:id, :manifestDigest, :sourceDigest, :tensorDigest, :fileName,
                                :architecture, :coreParameters, :embeddingParameters, :manifest::jsonb)
                        on conflict (manifest_digest) do update set manifest_digest = excluded.manifest_digest
                        returning id
                        """)
                .bindMethods(checkpoint)
                .bind("id", UUID.randomUUID())
                .mapTo(UUID.class)
                .one();
        ArtifactUses.add(handle, id, List.of(checkpoint.manifestDigest(), checkpoint.weightsDigest()));
        return id;
    }

    /** @param existing the evaluation that this repeats; null for a first one */
    private static void insert(
            Handle handle,
            UUID checkpointId,
            NewEvaluation evaluation,
            @Nullable UUID existing,
            @Nullable String traceparent) {
        List<NewEvaluation.Unit> sizes = evaluation.ownSizes() ? evaluation.units() : List.of();
        List<NewEvaluation.Unit> gaps = evaluation.hasGaps() ? evaluation.units() : sizes;
        handle.createUpdate("""
                        insert into evaluation (id, checkpoint_id, puzzle_set_id, model, protocol, example_count, unit_count,
                                                unit_size, unit_firsts, unit_ends, unit_sizes, solver_set_digest, notes, priority,
                                                traceparent, original_id, repeat)
                        select :id, :checkpoint, :puzzleSet, :model, :protocol, :exampleCount, :unitCount,
                               :unitSize, nullif(:firsts, '{}'), nullif(:ends, '{}'), nullif(:sizes, '{}'), :solverSet, :notes, :priority,
                               :traceparent, first.id, coalesce(first.repeats, 0) + 1
                        from (select 1) one left join (
                          select given.original as id, count(*) as repeats
                          from (select coalesce(original_id, id) as original from evaluation where id = :existing) given
                          join evaluation e on e.id = given.original or e.original_id = given.original
                          group by given.original) first on true
                        """)
                .bind("existing", existing)
                .bind("traceparent", traceparent)
                .bind("priority", evaluation.priority())
                .bind("id", evaluation.id())
                .bind("checkpoint", checkpointId)
                .bind("puzzleSet", evaluation.puzzleSet())
                .bind("model", evaluation.model())
                .bind("protocol", evaluation.protocol().key())
                .bind("exampleCount", evaluation.exampleCount())
                .bind("unitCount", evaluation.units().size())
                .bind("unitSize", evaluation.unitSize())
                .bindArray("notes", String.class, evaluation.notes().toArray())
                .bindArray("firsts", Integer.class, SqlArrays.of(gaps, NewEvaluation.Unit::firstExample))
                .bindArray("ends", Integer.class, SqlArrays.of(gaps, NewEvaluation.Unit::endExample))
                .bindArray("sizes", Integer.class, SqlArrays.of(sizes, NewEvaluation.Unit::exampleCount))
                .bind("solverSet", evaluation.solverSetDigest())
                .execute();
    }
}
