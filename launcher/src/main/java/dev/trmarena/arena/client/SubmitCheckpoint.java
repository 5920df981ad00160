package dev.trmarena.arena.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.ArenaProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Uploads a checkpoint with its config and starts its evaluation. */
public final class SubmitCheckpoint {
    /** The trainer writes it beside its checkpoints. */
    public static final String CONFIG = "all_config.yaml";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArenaClient client;
    private final UploadProgress progress;

    public SubmitCheckpoint(ArenaClient client, UploadProgress progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * What is known of a checkpoint beside its configuration file.
     *
     * @param preset a published recipe; null for none
     * @param settings by the names of the configuration file, before it and the preset
     * @param protocol how to run it, as the API takes it; null for as its authors do
     * @param more adds what else the request says
     */
    public record Known(
            @Nullable String preset,
            Map<String, String> settings,
            @Nullable ObjectNode protocol,
            Consumer<ObjectNode> more) {
        public static final Known NOTHING = new Known(null, Map.of(), null, request -> {});
    }

    /**
     * @param config null: the {@value #CONFIG} beside the checkpoint, if there is one
     * @param model a name for the line of checkpoints this one belongs to
     * @return the evaluation, as JSON
     */
    public JsonNode on(String puzzleSet, Path checkpoint, @Nullable Path config, Known known, @Nullable String model)
            throws InterruptedException {
        exists(checkpoint);
        Path foundConfig = config == null ? beside(checkpoint) : exists(config);
        // Asked before gigabytes are on their way.
        client.get("/api/puzzle-sets/" + ArenaClient.segment(puzzleSet));
        var request = JSON.createObjectNode();
        var uploads = new ArrayList<String>();
        // The checkpoint first: when it is refused, nothing else was stored.
        uploads.add(progress.upload(client, checkpoint, checkpoint.getFileName().toString()));
        request.put("checkpoint", uploads.get(0));
        if (foundConfig != null) {
            uploads.add(progress.upload(
                    client, foundConfig, foundConfig.getFileName().toString()));
            request.put("config", uploads.get(1));
        }
        request.put("preset", known.preset());
        var settings = request.putObject("hyperParameters");
        known.settings().forEach(settings::put);
        request.put("puzzleSet", puzzleSet).put("model", model);
        request.set("protocol", known.protocol());
        known.more().accept(request);
        return client.postUsing("/api/evaluations", request, uploads);
    }

    private static @Nullable Path beside(Path checkpoint) {
        Path config = checkpoint.toAbsolutePath().resolveSibling(CONFIG);
        return Files.isRegularFile(config) ? config : null;
    }

    private static Path exists(Path file) {
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
