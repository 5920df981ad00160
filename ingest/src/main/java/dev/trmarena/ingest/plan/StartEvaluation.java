package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.EvaluatedBefore;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.Refused;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.inspect.AcceptCheckpoint;
import dev.trmarena.ingest.inspect.Accepted;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.ingest.upload.UseUploads;
import dev.trmarena.puzzles.protocol.Protocol;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** From uploads to a planned evaluation: inspect, fit, store, plan; the units wait for the dispatcher. */
@ApplicationScoped
class StartEvaluation {
    private static final Logger LOG = Logger.getLogger(StartEvaluation.class);

    private final UseUploads useUploads;
    private final AcceptCheckpoint acceptCheckpoint;
    private final CutIntoUnits cutIntoUnits;
    private final StoreFiles storeFiles;
    private final Dispatcher dispatcher;
    private final Jdbi jdbi;

    StartEvaluation(
            UseUploads useUploads,
            AcceptCheckpoint acceptCheckpoint,
            CutIntoUnits cutIntoUnits,
            StoreFiles storeFiles,
            Dispatcher dispatcher,
            Jdbi jdbi) {
        this.useUploads = useUploads;
        this.acceptCheckpoint = acceptCheckpoint;
        this.cutIntoUnits = cutIntoUnits;
        this.storeFiles = storeFiles;
        this.dispatcher = dispatcher;
        this.jdbi = jdbi;
    }

    /** @param created false when the same checkpoint has been, or is being, evaluated on this set already */
    record Result(EvaluationView evaluation, boolean created) {}

    Result start(EvaluationRequest request) {
        Result result = request.evaluation() == null ? ofUploads(request) : again(request, request.evaluation());
        dispatcher.wake();
        MDC.put("evaluation", result.evaluation().id().toString());
        LOG.infof(
                "evaluation %s %s: %s on %s, %s, %d units",
                result.evaluation().id(),
                result.created() ? "planned" : "was there already",
                result.evaluation().model(),
                result.evaluation().puzzleSet(),
                result.evaluation().protocol().key(),
                result.evaluation().unitCount());
        return result;
    }

    private Result ofUploads(EvaluationRequest request) {
        UUID checkpoint = Objects.requireNonNull(request.checkpoint(), "checkpoint");
        List<UUID> ids = new ArrayList<>(List.of(checkpoint));
        if (request.config() != null) {
            ids.add(request.config());
        }
        return useUploads.use(ids, uploads -> ofUploads(request, uploads, checkpoint));
    }

    private Result ofUploads(EvaluationRequest request, UseUploads.Found uploads, UUID checkpoint) {
        ModelName.check(request.model());
        String name = Objects.requireNonNull(request.puzzleSet(), "puzzleSet");
        PuzzleSetRow set = jdbi.withHandle(handle -> findSet(handle, name));
        Upload file = uploads.get(checkpoint);
        Upload config = request.config() == null ? null : uploads.get(request.config());
        try (var batch = storeFiles.begin()) {
            Accepted accepted = acceptCheckpoint.accept(file, config, request.preset(), request.given(), set, batch);
            String model = request.model() == null
                    ? ModelName.derive(accepted.projectName(), file.fileName())
                    : request.model();
            Protocol protocol = request.wanted().of(accepted.hyperParameters(), set);
            NewEvaluation evaluation =
                    cutIntoUnits.cut(accepted.hyperParameters(), set, model, protocol, request.wish());
            return batch.commit(handle -> plan(handle, accepted.checkpoint(), evaluation));
        }
    }

    /** The checkpoint and the set of another evaluation, by the protocol that is wanted now. */
    private Result again(EvaluationRequest request, UUID id) {
        ModelName.check(request.model());
        EvaluatedBefore before = jdbi.withHandle(handle -> EvaluatedBefore.find(handle, id))
                .orElseThrow(() ->
                        new Refused(404, "there is no evaluation " + id, "GET /api/evaluations lists those there are"));
        PuzzleSetRow set = jdbi.withHandle(handle -> findSet(handle, before.puzzleSet()));
        HyperParameters hyper = CheckpointManifest.fromJson(
                        before.checkpoint().manifest().getBytes(StandardCharsets.UTF_8))
                .hyperParameters();
        String model = request.model() == null ? before.model() : request.model();
        NewEvaluation evaluation =
                cutIntoUnits.cut(hyper, set, model, request.wanted().of(hyper, set), request.wish());
        return jdbi.inTransaction(handle -> plan(handle, before.checkpoint(), evaluation));
    }

    private static Result plan(Handle handle, NewCheckpoint checkpoint, NewEvaluation evaluation) {
        var planned = PlanEvaluation.plan(handle, checkpoint, evaluation);
        return new Result(ReadEvaluations.byId(handle, planned.evaluation()).orElseThrow(), planned.created());
    }

    private static PuzzleSetRow findSet(Handle handle, String name) {
        return PuzzleSets.find(handle, name).orElseThrow(() -> UnknownPuzzleSet.named(handle, name));
    }
}
