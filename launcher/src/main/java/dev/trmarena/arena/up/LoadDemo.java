package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.arena.client.UploadProgress;
import dev.trmarena.arena.client.WatchEvaluation;
import dev.trmarena.messages.EvaluationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Hands the demo in like any user would: each folder of it but one is a puzzle set and a checkpoint trained for it. Handing in the
 * same again changes nothing, so an interrupted first run is simply repeated.
 */
public final class LoadDemo {
    private static final String MODEL = "demo-trm";

    /** Its checkpoint has never seen its tasks: it is for trying out adaptation, which takes minutes (docs/adaptation.md). */
    private static final String UNSEEN = "unseen";

    private final ArenaClient client;
    private final Path demo;
    private final Consumer<String> say;

    /** @param demo the folder {@code demo} of the project */
    public LoadDemo(String url, Path demo, Consumer<String> say) {
        this.client = new ArenaClient(url, null);
        this.demo = demo;
        this.say = say;
    }

    /** @param marker is written when everything was handed in */
    public void run(Path marker) {
        try {
            var evaluations = new ArrayList<String>();
            for (Path folder : folders()) {
                evaluations.add(handIn(folder));
            }
            Files.writeString(marker, "");
            for (String evaluation : evaluations) {
                tellResult(evaluation);
            }
        } catch (ArenaProblem e) {
            say.accept("the demo could not be loaded; the platform works without it\n" + e.describe());
        } catch (IOException e) {
            say.accept("the demo could not be loaded; the platform works without it: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(demo)) {
            return files.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith(UNSEEN))
                    .sorted()
                    .toList();
        }
    }

    /** @return the id of its evaluation */
    private String handIn(Path folder) throws IOException, InterruptedException {
        String name = folder.getFileName().toString();
        Path dataset = folder.resolve("dataset");
        Path puzzles = Files.isDirectory(dataset) ? dataset : folder.resolve("test.csv");
        new ImportPuzzles(client, UploadProgress.silent()).named(name, puzzles, null);
        String evaluation = new SubmitCheckpoint(client, UploadProgress.silent())
                .on(name, checkpoint(folder), null, SubmitCheckpoint.Known.NOTHING, MODEL)
                .value()
                .id();
        say.accept("demo: " + name + " imported, its checkpoint is being evaluated: " + client.url() + "/evaluations/"
                + evaluation);
        return evaluation;
    }

    private static Path checkpoint(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("step_"))
                    .findFirst()
                    .orElseThrow(() -> new ArenaProblem(
                            "a folder of the demo has no checkpoint",
                            folder.toString(),
                            null,
                            null,
                            "restore the folder demo"));
        }
    }

    private void tellResult(String submitted) throws InterruptedException {
        Evaluation evaluation =
                new WatchEvaluation(client).until(submitted, state -> {}).value();
        String set = evaluation.puzzleSet();
        if (evaluation.state() != EvaluationState.FINISHED) {
            say.accept("demo: " + set + " failed: "
                    + (evaluation.failure() == null ? "" : evaluation.failure().reason()));
            return;
        }
        String metric = evaluation.mainMetric();
        say.accept(String.format(
                Locale.ROOT,
                "demo: %s finished, %s %.4f",
                set,
                metric,
                evaluation.scores().get(metric)));
    }
}
