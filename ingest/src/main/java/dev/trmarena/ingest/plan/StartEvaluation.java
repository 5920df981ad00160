package dev.trmarena.ingest.plan;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.inspect.AcceptCheckpoint;
import dev.trmarena.ingest.inspect.Accepted;
import dev.trmarena.ingest.relay.OutboxRelay;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.ingest.upload.UseUploads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** From uploads to a planned evaluation: inspect, fit, store, plan; the plan and the solvers' messages in one transaction. */
@ApplicationScoped
class StartEvaluation {
    private static final Logger LOG = Logger.getLogger(StartEvaluation.class);

    private final UseUploads useUploads;
    private final AcceptCheckpoint acceptCheckpoint;
    private final CutIntoUnits cutIntoUnits;
    private final StoreFiles storeFiles;
    private final OutboxRelay relay;
    private final Jdbi jdbi;

    StartEvaluation(
            UseUploads useUploads,
            AcceptCheckpoint acceptCheckpoint,
            CutIntoUnits cutIntoUnits,
            StoreFiles storeFiles,
            OutboxRelay relay,
            Jdbi jdbi) {
        this.useUploads = useUploads;
        this.acceptCheckpoint = acceptCheckpoint;
        this.cutIntoUnits = cutIntoUnits;
        this.storeFiles = storeFiles;
        this.relay = relay;
        this.jdbi = jdbi;
    }

    /** @param created false when the same checkpoint has been, or is being, evaluated on this set already */
    record Result(EvaluationView evaluation, boolean created) {}

    Result start(EvaluationRequest request) {
        List<UUID> ids = new ArrayList<>(List.of(request.checkpoint()));
        if (request.config() != null) {
            ids.add(request.config());
        }
        return useUploads.use(ids, uploads -> start(request, uploads));
    }

    private Result start(EvaluationRequest request, UseUploads.Found uploads) {
        ModelName.check(request.model());
        PuzzleSetRow set = jdbi.withHandle(handle -> findSet(handle, request.puzzleSet()));
        Upload file = uploads.get(request.checkpoint());
        Upload config = request.config() == null ? null : uploads.get(request.config());
        Result result;
        try (var batch = storeFiles.begin()) {
            Accepted accepted = acceptCheckpoint.accept(file, config, request.preset(), request.given(), set, batch);
            String model = request.model() == null
                    ? ModelName.derive(accepted.projectName(), file.fileName())
                    : request.model();
            UUID id = UUID.randomUUID();
            var units = cutIntoUnits.cut(
                    id,
                    accepted.checkpoint().manifestDigest(),
                    set.manifestDigest(),
                    set.seqLen(),
                    set.exampleCount(),
                    accepted.steps());
            var evaluation = new NewEvaluation(id, set.id(), model, accepted.steps(), set.exampleCount(), units);
            result = batch.commit(handle -> {
                var planned = PlanEvaluation.plan(handle, accepted.checkpoint(), evaluation);
                var view = ReadEvaluations.byId(handle, planned.evaluation()).orElseThrow();
                return new Result(view, planned.created());
            });
        }
        relay.wake();
        MDC.put("evaluation", result.evaluation().id().toString());
        LOG.infof(
                "evaluation %s %s: %s on %s, %d units",
                result.evaluation().id(),
                result.created() ? "planned" : "was there already",
                result.evaluation().model(),
                set.name(),
                result.evaluation().unitCount());
        return result;
    }

    private static PuzzleSetRow findSet(Handle handle, String name) {
        return PuzzleSets.find(handle, name).orElseThrow(() -> UnknownPuzzleSet.named(handle, name));
    }
}
