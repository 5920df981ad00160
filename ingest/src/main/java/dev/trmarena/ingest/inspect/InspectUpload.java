package dev.trmarena.ingest.inspect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.Leeway;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.RanBefore;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.inspect.Inspection.Fit;
import dev.trmarena.ingest.upload.ConsumeUploads;
import dev.trmarena.ingest.upload.WorkFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an upload is without making anything of it, by its header and its shapes. What passes here is not refused by a
 * submission, unless one of its values is NaN or infinite: all of them are read only where that is asked for.
 */
@ApplicationScoped
class InspectUpload {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final ConsumeUploads useUploads;
    private final AcceptCheckpoint acceptCheckpoint;
    private final WorkFolders workFolders;
    private final WorkLimit workLimit;
    private final FitInMemory fitInMemory;
    private final Jdbi jdbi;

    InspectUpload(
            ConsumeUploads useUploads,
            AcceptCheckpoint acceptCheckpoint,
            WorkFolders workFolders,
            WorkLimit workLimit,
            FitInMemory fitInMemory,
            Jdbi jdbi) {
        this.useUploads = useUploads;
        this.acceptCheckpoint = acceptCheckpoint;
        this.workFolders = workFolders;
        this.workLimit = workLimit;
        this.fitInMemory = fitInMemory;
        this.jdbi = jdbi;
    }

    /** @throws Refusal 404 for an unknown upload or puzzle set, 422 for a checkpoint that no setting would mend */
    Inspection inspect(InspectionRequest request) {
        List<UUID> ids = new ArrayList<>(List.of(request.checkpoint()));
        if (request.config() != null) {
            ids.add(request.config());
        }
        boolean values = Boolean.TRUE.equals(request.values());
        return useUploads.look(
                values ? RiskyWork.Kind.VALUES : RiskyWork.Kind.INSPECT,
                ids,
                uploads -> inspect(request, uploads, values));
    }

    private Inspection inspect(InspectionRequest request, ConsumeUploads.Found uploads, boolean values) {
        List<PuzzleSetRow> sets = jdbi.withHandle(handle -> sets(handle, request.puzzleSet()));
        Double speed = jdbi.withHandle(MeasuredSpeed::perSecond);
        Upload checkpoint = uploads.get(request.checkpoint());
        Upload config = request.config() == null ? null : uploads.get(request.config());
        try (var folder = workFolders.open();
                CheckpointInspection inspection =
                        acceptCheckpoint.inspect(checkpoint, config, request.preset(), request.given(), folder)) {
            String tensors = values ? inspection.readValues() : null;
            List<RanBefore> before = ranBefore(checkpoint, tensors);
            return whole(checkpoint.fileName(), inspection, speed, before, sets, Leeway.of(request.given()));
        } catch (BadCheckpoint e) {
            if (e.missing().isEmpty()) {
                throw AcceptCheckpoint.refused(e);
            }
            return incomplete(checkpoint.fileName(), e, ranBefore(checkpoint, null));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot inspect " + checkpoint.fileName(), e);
        }
    }

    private List<RanBefore> ranBefore(Upload checkpoint, @Nullable String tensors) {
        return jdbi.withHandle(handle -> RanBefore.of(handle, checkpoint.digest(), tensors));
    }

    private static List<PuzzleSetRow> sets(Handle handle, @Nullable String name) {
        if (name != null) {
            return List.of(PuzzleSets.find(handle, name).orElseThrow(() -> UnknownPuzzleSet.named(handle, name)));
        }
        return PuzzleSets.all(handle);
    }

    private Inspection whole(
            String file,
            CheckpointInspection inspection,
            @Nullable Double speed,
            List<RanBefore> before,
            List<PuzzleSetRow> sets,
            Leeway leeway) {
        CheckpointManifest draft = inspection.draft();
        HyperParameters hyper = draft.hyperParameters();
        Map<String, Object> now = JSON.convertValue(hyper, VALUES);
        return new Inspection(
                file,
                draft.architecture(),
                draft.coreParameters(),
                draft.embeddingParameters(),
                now,
                draft.sources(),
                draft.notes(),
                draft.leftOut(),
                List.of(),
                inspection.networks(),
                inspection.files(),
                Configuration.presets(),
                Configuration.recipes(),
                speed,
                before(before, now),
                sets.stream().map(set -> fit(file, draft, set, leeway)).toList());
    }

    private Fit fit(String file, CheckpointManifest draft, PuzzleSetRow set, Leeway leeway) {
        HyperParameters hyper = draft.hyperParameters();
        FitToPuzzleSet sizes = FitToPuzzleSet.of(draft.architecture(), hyper, set, leeway, true);
        Problem misfit = sizes.problem(file, set.name());
        if (misfit == null) {
            misfit = fitInMemory.misfit(file, draft, set);
        }
        String problem = misfit == null ? workLimit.stepProblem(hyper, set) : misfit.problem();
        double operations = EstimateOperations.ofStep(hyper, set.seqLen());
        return new Fit(
                set.name(),
                problem == null,
                operations,
                EstimateOperations.ofTrainingStep(hyper, set.seqLen()),
                workLimit.mostOperations(set.name()),
                problem,
                sizes.mends(),
                sizes.notes(),
                sizes.adapts()
                        && fitInMemory.misfit(file, draft, set) == null
                        && workLimit.stepProblem(hyper, set) == null);
    }

    private static List<Inspection.Before> before(List<RanBefore> before, Map<String, Object> now) {
        return before.stream().map(run -> Inspection.Before.of(run, now)).toList();
    }

    private static Inspection incomplete(String file, BadCheckpoint e, List<RanBefore> before) {
        return new Inspection(
                file,
                null,
                null,
                null,
                e.known().values(),
                e.known().sources(),
                e.known().notes(),
                List.of(),
                e.missing(),
                e.networks(),
                e.files(),
                e.presets(),
                Configuration.recipes(),
                null,
                before(before, e.known().values()),
                List.of());
    }
}
