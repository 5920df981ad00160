package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.benchmark.RandomCheckpoint;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the first byte of a checkpoint of the published size to its units, through the page's service as a browser sends it. */
@Command(
        name = "submission-speed",
        description = "How long a checkpoint of the published size takes to be uploaded, inspected and planned.",
        sortOptions = false)
public final class SubmissionSpeed implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PRESET = "trm-arc";

    @Option(names = "--project", defaultValue = ".", description = "Its folder, built (default: ${DEFAULT-VALUE}).")
    Path project = Path.of("");

    @Option(names = "--arc", required = true, description = "Folder of the raw ARC tasks.")
    Path arc = Path.of("");

    @Option(names = "--augmentations", defaultValue = "1000", description = "Of each task (default: ${DEFAULT-VALUE}).")
    int augmentations;

    @Option(names = "--rounds", defaultValue = "3", description = "Submissions (default: ${DEFAULT-VALUE}).")
    int rounds;

    private SubmissionSpeed() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SubmissionSpeed()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = project.toAbsolutePath().normalize();
        Path checkpoint = Files.createTempDirectory("submission").resolve("step_1.safetensors");
        try (var platform = new RunningPlatform(root, Map.of(), "--solvers", "0")) {
            platform.buildArc("measured", arc, "training,evaluation,concept", augmentations);
            long rows = platform.get("/api/puzzle-sets/measured")
                    .path("identifierCount")
                    .asLong();
            RandomCheckpoint.writeTrmForArc(checkpoint, rows);
            System.out.printf(Locale.ROOT, "%d rows, %d MB%n", rows, Files.size(checkpoint) / 1_000_000);
            System.out.println("| round | upload MB/s | inspection s | with its values s | to planned s |");
            System.out.println("|---:|---:|---:|---:|---:|");
            for (int round = 1; round <= rounds; round++) {
                round(platform, checkpoint, round);
            }
        } finally {
            Files.deleteIfExists(checkpoint);
        }
        return 0;
    }

    private static void round(RunningPlatform platform, Path checkpoint, int round)
            throws IOException, InterruptedException {
        long bytes = Files.size(checkpoint);
        long begun = System.nanoTime();
        String name = Base64.getEncoder().encodeToString("step_1.safetensors".getBytes(StandardCharsets.UTF_8));
        JsonNode upload = platform.post(
                "/api/uploads",
                checkpoint,
                "Content-Type: application/offset+octet-stream\r\nUpload-Length: " + bytes
                        + "\r\nUpload-Metadata: filename " + name + "\r\n");
        double uploading = seconds(begun);
        ObjectNode inspected = JSON.createObjectNode()
                .put("checkpoint", upload.path("upload").asText())
                .put("preset", PRESET)
                .put("puzzleSet", "measured");
        double inspecting = timed(platform, "/api/inspections", inspected);
        double withValues =
                timed(platform, "/api/inspections", inspected.deepCopy().put("values", true));
        ObjectNode submitted = inspected.deepCopy().put("again", true);
        double planning = timed(platform, "/api/evaluations", submitted);
        System.out.printf(
                Locale.ROOT,
                "| %d | %.0f | %.2f | %.2f | %.2f |%n",
                round,
                bytes / 1e6 / uploading,
                inspecting,
                withValues,
                planning);
    }

    private static double timed(RunningPlatform platform, String path, JsonNode body)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        platform.post(
                path, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)), "Content-Type", "application/json");
        return seconds(begun);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
