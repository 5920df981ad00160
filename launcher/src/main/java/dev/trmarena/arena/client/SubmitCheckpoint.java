package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import dev.trmarena.arena.client.ArenaApi.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Uploads a checkpoint with its config and starts its evaluation. */
public final class SubmitCheckpoint {
    /** The trainer writes it beside its checkpoints. */
    public static final String CONFIG = "all_config.yaml";

    private final ArenaClient client;
    private final UploadProgress progress;

    public SubmitCheckpoint(ArenaClient client, UploadProgress progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * What is known of a checkpoint beside its configuration file, and how to run it.
     *
     * @param preset a published recipe; null for none
     * @param settings by the names of the configuration file, before it and the preset
     * @param protocol null for as its authors do
     * @param again whether to run it although the same was run before; null for no
     * @param stopIfSuspect whether to end it if its canary is suspect; null for no
     * @param priority null for normal
     */
    public record Known(
            @Nullable String preset,
            Map<String, String> settings,
            @Nullable RequestedProtocol protocol,
            @Nullable Boolean again,
            @Nullable Boolean stopIfSuspect,
            @Nullable String priority) {
        public static final Known NOTHING = of(Map.of(), null);

        public static Known of(Map<String, String> settings, @Nullable RequestedProtocol protocol) {
            return new Known(null, settings, protocol, null, null, null);
        }
    }

    /**
     * @param config null: the {@value #CONFIG} beside the checkpoint, if there is one
     * @param model a name for the line of checkpoints this one belongs to
     */
    public Answer<Evaluation> on(
            String puzzleSet, Path checkpoint, @Nullable Path config, Known known, @Nullable String model)
            throws InterruptedException {
        exists(checkpoint);
        Path foundConfig = config == null ? beside(checkpoint) : exists(config);
        // Asked before gigabytes are on their way.
        client.api().getPuzzleSet(puzzleSet);
        var uploads = new ArrayList<String>();
        // The checkpoint first: when it is refused, nothing else was stored.
        uploads.add(progress.upload(client, checkpoint, checkpoint.getFileName().toString()));
        if (foundConfig != null) {
            uploads.add(progress.upload(
                    client, foundConfig, foundConfig.getFileName().toString()));
        }
        return start(puzzleSet, uploads, known, model);
    }

    /**
     * The same of a file of a hub, which the platform fetches.
     *
     * @param from {@code hf://OWNER/REPO/PATH@REVISION}
     * @param config likewise; null: the {@value #CONFIG} beside the checkpoint, if there is one
     */
    public Answer<Evaluation> fromHub(
            String puzzleSet,
            String from,
            @Nullable String config,
            Known known,
            @Nullable String model,
            FetchFromHub.Progress fetching)
            throws InterruptedException {
        client.api().getPuzzleSet(puzzleSet);
        return start(puzzleSet, new FetchFromHub(client, fetching).fetch(from, config), known, model);
    }

    /** @param uploads the checkpoint, and its configuration if there is one */
    private Answer<Evaluation> start(String puzzleSet, List<String> uploads, Known known, @Nullable String model)
            throws InterruptedException {
        try {
            return client.api()
                    .startEvaluation(new Submission(
                            uploads.get(0),
                            uploads.size() == 1 ? null : uploads.get(1),
                            known.preset(),
                            known.settings(),
                            puzzleSet,
                            model,
                            known.protocol(),
                            known.again(),
                            known.stopIfSuspect(),
                            known.priority()));
        } catch (ServerProblem e) {
            client.forget(uploads, e);
            throw e;
        }
    }

    /** The configuration that lies beside a checkpoint; null when none does. */
    public static @Nullable Path beside(Path checkpoint) {
        Path config = checkpoint.toAbsolutePath().resolveSibling(CONFIG);
        return Files.isRegularFile(config) ? config : null;
    }

    /** @throws ArenaProblem when it is no file */
    public static Path exists(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ArenaProblem(
                    Files.isDirectory(file) ? "this is a directory, not a file" : "there is no such file",
                    file.toString(),
                    null,
                    null,
                    "name the checkpoint file itself, like step_1656");
        }
        return file;
    }
}
