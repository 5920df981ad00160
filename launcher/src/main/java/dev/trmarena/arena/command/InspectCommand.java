package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arena inspect}: what a platform would say of a checkpoint, by the same code, without one. */
@Command(
        name = "inspect",
        description =
                "Says what a checkpoint is, here, without a platform: its network, where each setting came from, and what to"
                        + " know before a score of it is believed.",
        footer = {"", "Only its header and shapes are read; nothing in it is executed."})
final class InspectCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    CheckpointOptions options;

    @Mixin
    ResultOptions result;

    @Override
    public Integer call() throws IOException {
        Path checkpoint = SubmitCheckpoint.exists(options.checkpoint);
        Path config = options.known.config() == null ? SubmitCheckpoint.beside(checkpoint) : options.known.config();
        var configuration = new Configuration(
                config, config == null ? null : name(config), options.known.preset(), options.known.given());
        try (var scratch = new ScratchFolder("arena-inspect");
                var inspection = CheckpointInspection.open(
                        checkpoint,
                        name(checkpoint),
                        configuration,
                        scratch.path().resolve("unpacked"))) {
            print(inspection.draft(), System.out);
            return 0;
        } catch (BadCheckpoint e) {
            throw new ArenaProblem(e.problem(), e.file(), e.place(), null, e.remedy());
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void print(CheckpointManifest manifest, PrintStream out) throws IOException {
        if (result.json) {
            out.println(new String(manifest.toJson(), StandardCharsets.UTF_8));
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s, %,d core + %,d embedding parameters%n",
                manifest.architecture().key(),
                manifest.coreParameters(),
                manifest.embeddingParameters());
        manifest.notes().forEach(note -> out.println("note: " + note));
        if (!manifest.leftOut().isEmpty()) {
            out.println("left out, because they are no weights: " + String.join(", ", manifest.leftOut()));
        }
        out.println();
        Map<?, ?> values = JSON.convertValue(manifest.hyperParameters(), Map.class);
        var table = new Table("setting", "value>", "from");
        values.forEach((setting, value) ->
                table.row(String.valueOf(setting), String.valueOf(value), source(manifest, String.valueOf(setting))));
        manifest.sources().forEach((setting, source) -> {
            if (!values.containsKey(setting)) {
                table.row(setting, "", source);
            }
        });
        table.print(out);
    }

    private static String source(CheckpointManifest manifest, String setting) {
        @Nullable String source = manifest.sources().get(setting);
        return source == null ? "derived" : source;
    }
}
