package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The 9×9 Sudoku checkpoint of the demo, on sets of its puzzles repeated as often as wanted. */
record Demo(Path project) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNDER_WAY = "queued running";

    private Path folder() {
        return project.resolve("demo/sudoku-9x9");
    }

    /** Imports a set of that many examples under this name. */
    void imported(RunningPlatform platform, String set, int examples) throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(folder().resolve("test.csv"));
        List<String> puzzles = lines.subList(1, lines.size());
        var repeated = new ArrayList<>(List.of(lines.get(0)));
        for (int i = 0; i < examples; i++) {
            repeated.add(puzzles.get(i % puzzles.size()));
        }
        Path csv = Files.createTempFile(set, ".csv");
        try {
            Files.write(csv, repeated);
            platform.run("puzzles", "import", set, csv.toString());
        } finally {
            Files.delete(csv);
        }
    }

    /** Starts an evaluation of so many improvement steps each example. @return its id */
    String submitted(RunningPlatform platform, String set, int steps) throws IOException, InterruptedException {
        String checkpoint = folder().resolve("step_1656").toString();
        String out = platform.run("submit", checkpoint, "--puzzles", set, "--steps", String.valueOf(steps), "--json");
        return JSON.readTree(out).path("id").asText();
    }

    /** Asks until it has ended. @return the evaluation */
    static JsonNode finished(RunningPlatform platform, String id) throws IOException, InterruptedException {
        JsonNode evaluation = platform.get("/api/evaluations/" + id);
        while (UNDER_WAY.contains(evaluation.path("state").asText())) {
            Thread.sleep(500);
            evaluation = platform.get("/api/evaluations/" + id);
        }
        if (!evaluation.path("state").asText().equals("finished")) {
            throw new IOException("the evaluation did not finish: " + evaluation);
        }
        return evaluation;
    }
}
