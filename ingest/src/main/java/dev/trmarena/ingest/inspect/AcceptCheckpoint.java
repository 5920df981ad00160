package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.AdaptedCheckpoint;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.Leeway;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.ingest.upload.WorkFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inspects an uploaded checkpoint, checks that it fits, and stores its weights in canonical form with a manifest. */
@ApplicationScoped
public class AcceptCheckpoint {
    private static final int UNPROCESSABLE = 422;

    private final ArtifactStore store;
    private final WorkFolders workFolders;
    private final FitInMemory fitInMemory;

    AcceptCheckpoint(ArtifactStore store, WorkFolders workFolders, FitInMemory fitInMemory) {
        this.store = store;
        this.workFolders = workFolders;
        this.fitInMemory = fitInMemory;
    }

    /**
     * @param config the configuration that lay beside the checkpoint
     * @param preset name of a published recipe
     * @param given settings by the names of the configuration, before all else
     * @param ownRows whether it runs by its own rows, which have to be those of the set
     * @param batch gets the weights and the manifest
     * @throws Refusal 422 saying what in which file does not fit
     */
    public AcceptedCheckpoint accept(
            Upload checkpoint,
            @Nullable Upload config,
            @Nullable String preset,
            Map<String, String> given,
            PuzzleSetRow set,
            boolean ownRows,
            StoreFiles.Batch batch) {
        try (var folder = workFolders.open();
                CheckpointInspection inspection = inspect(checkpoint, config, preset, given, folder)) {
            CheckpointManifest draft = inspection.draft();
            FitToPuzzleSet.check(
                    checkpoint.fileName(),
                    draft.architecture(),
                    draft.hyperParameters(),
                    set,
                    Leeway.of(given),
                    ownRows);
            fitInMemory.check(checkpoint.fileName(), draft, set);
            String[] tensorDigest = {""};
            String weights = batch.put(out -> tensorDigest[0] = inspection.writeTo(out));
            CheckpointManifest manifest = draft.with(weights, tensorDigest[0], checkpoint.digest());
            return new AcceptedCheckpoint(
                    row(checkpoint.fileName(), manifest, batch.put(manifest.toJson())),
                    manifest,
                    configuration(config, preset, given).projectName());
        } catch (BadCheckpoint e) {
            throw refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot inspect " + checkpoint.fileName(), e);
        }
    }

    /**
     * Likewise what solvers have adapted for an evaluation.
     *
     * @param file with the digest that {@code done} says
     * @throws BadCheckpoint when it is not what comes of the checkpoint that was adapted
     */
    public NewCheckpoint acceptAdapted(Path file, AdaptationStages.Done done, StoreFiles.Batch batch)
            throws IOException {
        CheckpointManifest parent = CheckpointManifest.fromJson(done.parent().getBytes(StandardCharsets.UTF_8));
        AdaptedCheckpoint adapted = AdaptedCheckpoint.open(
                file,
                "the adapted weights of evaluation " + done.evaluation(),
                parent,
                store.verified(parent.weights()),
                done.identifiers(),
                done.recipe());
        String[] tensorDigest = {""};
        String weights = batch.put(out -> tensorDigest[0] = adapted.writeTo(out));
        CheckpointManifest manifest = adapted.draft().with(weights, tensorDigest[0], done.file());
        return row(done.fileName(), manifest, batch.put(manifest.toJson()));
    }

    /**
     * @param folder for the content of an archive
     * @throws BadCheckpoint when the upload is at fault
     */
    CheckpointInspection inspect(
            Upload checkpoint,
            @Nullable Upload config,
            @Nullable String preset,
            Map<String, String> given,
            WorkFolders.WorkFolder folder)
            throws IOException {
        return CheckpointInspection.open(
                store.path(checkpoint.digest()),
                checkpoint.fileName(),
                configuration(config, preset, given),
                folder.path().resolve("unpacked"));
    }

    private Configuration configuration(@Nullable Upload config, @Nullable String preset, Map<String, String> given) {
        return new Configuration(
                config == null ? null : store.path(config.digest()),
                config == null ? null : config.fileName(),
                preset,
                given);
    }

    /** The answer to a checkpoint that cannot be used. */
    static Refusal refused(BadCheckpoint e) {
        Problem problem = Problem.of(UNPROCESSABLE, e.file(), e.place(), e.problem(), e.remedy());
        return new Refusal(problem.with(e.missing(), e.presets()), e);
    }

    private static NewCheckpoint row(String fileName, CheckpointManifest manifest, String digest) {
        return new NewCheckpoint(
                digest,
                manifest.weights(),
                manifest.sourceDigest(),
                manifest.tensorDigest(),
                fileName,
                manifest.architecture().key(),
                manifest.coreParameters(),
                manifest.embeddingParameters(),
                new String(manifest.toJson(), StandardCharsets.UTF_8));
    }
}
