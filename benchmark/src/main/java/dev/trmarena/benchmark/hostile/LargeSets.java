package dev.trmarena.benchmark.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.benchmark.RandomCheckpoint;
import dev.trmarena.benchmark.platform.InstantSolvers;
import dev.trmarena.benchmark.platform.RunningPlatform;
import dev.trmarena.messages.EvaluationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets as large as may be, evaluated, ranked and compared. */
final class LargeSets {
    private static final int MILLION = 1_000_000;
    private static final int SOLVERS = 2;
    private static final int RIGHT_OF_100 = 60;

    private final RunningPlatform platform;
    private final Asked asked;
    private final Path folder;

    /** @param folder for what is made */
    LargeSets(RunningPlatform platform, Path folder) {
        this.platform = platform;
        this.asked = new Asked(platform);
        this.folder = folder;
    }

    /** @param count of puzzles, of one token each */
    void puzzles(int count) throws IOException, InterruptedException {
        made("one-token", count, 1, 0, 10);
        Path checkpoint = folder.resolve("step_1.safetensors");
        RandomCheckpoint.writeTrmForArc(checkpoint, 1);
        String what = String.format(Locale.ROOT, "%,d puzzles of one token", count);
        evaluated("one-token", checkpoint, what, "--steps", "2");
        asked("one-token");
    }

    /** Two sets, a million of whose tasks are the same. */
    void overlaps() throws IOException, InterruptedException {
        made("two-million", 2 * MILLION, 7, 0, 10);
        made("three-million", 3 * MILLION, 7, MILLION, 10);
        var counting = new Witness(platform);
        untilCounted("three-million");
        counting.tell("what they share", "counted");
        for (String set : List.of("two-million", "three-million")) {
            var witness = new Witness(platform);
            JsonNode overlaps =
                    asked.get("/api/puzzle-sets/" + set + "/overlaps").json();
            witness.tell("`GET /api/puzzle-sets/" + set + "/overlaps`", "shared: " + shared(overlaps));
        }
    }

    private void untilCounted(String set) throws IOException, InterruptedException {
        while (true) {
            boolean counted = true;
            for (JsonNode each :
                    asked.get("/api/puzzle-sets/" + set + "/overlaps").json()) {
                counted &= each.path("counted").asBoolean();
            }
            if (counted) {
                return;
            }
            Thread.sleep(200);
        }
    }

    /** Of the larger of these two sets. */
    void board() throws IOException, InterruptedException {
        if (asked.get("/api/puzzle-sets/three-million").status() != 200) {
            overlaps();
        }
        Path checkpoint = folder.resolve("step_3.safetensors");
        RandomCheckpoint.writeTrmForArc(checkpoint, 1);
        evaluated("three-million", checkpoint, "3,000,000 puzzles of 7 tokens", "--steps", "2");
        asked("three-million");
    }

    private static List<String> shared(JsonNode overlaps) {
        List<String> shared = new ArrayList<>();
        overlaps.forEach(each -> shared.add(
                each.path("set").asText() + " " + each.path("taskCount").asInt()));
        return shared;
    }

    /** As many steps as a protocol has, of six thousand tasks. */
    void arc() throws IOException, InterruptedException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        MadeSets.tasks(raw, 6_000);
        var witness = new Witness(platform);
        platform.buildArc("six-thousand", raw, "evaluation", 0);
        JsonNode set = asked.get("/api/puzzle-sets/six-thousand").json();
        witness.tell("ARC, 6,000 tasks, built and imported", set.path("exampleCount") + " examples");
        Path checkpoint = folder.resolve("step_2.safetensors");
        RandomCheckpoint.writeTrmForArc(checkpoint, set.path("identifierCount").asLong());
        evaluated("six-thousand", checkpoint, "ARC, 6,000 tasks × 1,000 steps", "--steps", "1000");
        asked("six-thousand");
    }

    private void made(String name, int count, int tokens, int first, int digits)
            throws IOException, InterruptedException {
        Path set = folder.resolve(name);
        MadeSets.puzzles(set, count, tokens, first, digits);
        var witness = new Witness(platform);
        Asked.Answer answer = asked.importSet(name, set, MadeSets.FILES);
        witness.tell(String.format(Locale.ROOT, "a set of %,d puzzles of %d tokens", count, tokens), answer.told());
    }

    private void evaluated(String set, Path checkpoint, String what, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("submit", checkpoint.toString(), "--puzzles", set, "--preset", "trm-arc", "--json"));
        command.addAll(List.of(options));
        var planning = new Witness(platform);
        JsonNode submitted = Asked.JSON.readTree(platform.run(command.toArray(String[]::new)));
        String path = "/api/evaluations/" + submitted.path("id").asText();
        planning.tell(what + ", planned", submitted.path("unitCount") + " units");
        var solving = new Witness(platform);
        try (var ignored = new InstantSolvers(platform, SOLVERS, RIGHT_OF_100)) {
            JsonNode now = until(path, true);
            solving.tell(what + ", answered and recorded", now.path("examplesDone") + " answers");
            var scoring = new Witness(platform);
            now = until(path, false);
            scoring.tell(what + ", scored", now.path("state").asText() + scores(now));
        }
    }

    /** @param answered whether it is enough that all is answered */
    private JsonNode until(String path, boolean answered) throws IOException, InterruptedException {
        while (true) {
            JsonNode now = asked.get(path).json();
            boolean whole = now.path("examplesDone").asLong()
                    == now.path("exampleCount").asLong();
            EvaluationState state = EvaluationState.of(now.path("state").asText());
            if (answered && whole || state == EvaluationState.FINISHED || state == EvaluationState.FAILED) {
                return now;
            }
            Thread.sleep(200);
        }
    }

    private static String scores(JsonNode evaluation) {
        JsonNode failure = evaluation.path("failure");
        return failure.isMissingNode() || failure.isNull() ? " " + evaluation.path("scores") : " " + failure;
    }

    /** What its pages ask for. */
    private void asked(String set) throws IOException, InterruptedException {
        String board = "/api/puzzle-sets/" + set + "/leaderboard";
        var first = new Witness(platform);
        Asked.Answer answer = asked.get(board);
        first.tell("its board, for the first time", answer.told());
        JsonNode entry = answer.json().path("entries").path(0);
        String evaluation = "/api/evaluations/" + entry.path("evaluation").asText();
        for (String path : List.of("/tasks", "/tasks.csv", "/predictions.jsonl", "/submission.json")) {
            var witness = new Witness(platform);
            Asked.Answer download = asked.get(evaluation + path);
            witness.tell(
                    "`" + path + "` of it",
                    download.told() + ", " + download.body().length() / 1000 + " kB");
        }
        if (asked.get("/api/puzzle-sets/two-million").status() == 200) {
            var without = new Witness(platform);
            without.tell(
                    "the board without the tasks of another",
                    asked.get(board + "?without=two-million").told());
        }
    }
}
