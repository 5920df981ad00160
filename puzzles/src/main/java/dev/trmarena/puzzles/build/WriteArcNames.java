package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.build.ArcPlan.Group;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code identifiers.json} and {@code test_puzzles.json}, to the byte as the authors' builder writes them. */
final class WriteArcNames {
    private WriteArcNames() {}

    static void identifiers(ArcPlan plan, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            out.write("[\"<blank>\"");
            plan.forEachName((identifier, name) -> {
                try {
                    out.write(", ");
                    out.write(PythonJson.text(name));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.write("]");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A name that is in two test sets keeps its first place and has the content of the last. */
    static void testPuzzles(ArcPlan plan, Path file) throws IOException {
        Map<String, SourceTask> tasks = new LinkedHashMap<>();
        for (Group group : plan.groups(true)) {
            tasks.put(group.source().name(), group.source());
        }
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            String between = "{";
            for (var entry : tasks.entrySet()) {
                out.write(between + PythonJson.text(entry.getKey()) + ": ");
                out.write(task(entry.getValue().task(), entry.getValue().testFirst()));
                between = ", ";
            }
            out.write("}");
        }
    }

    /** @param testFirst whether the test pairs stand before the demonstrations */
    static String task(ArcTask task, boolean testFirst) {
        var out = new StringBuilder();
        out.append("{\"").append(testFirst ? "test" : "train").append("\": ");
        PythonJson.pairs(out, testFirst ? task.tests() : task.demonstrations());
        out.append(", \"").append(testFirst ? "train" : "test").append("\": ");
        PythonJson.pairs(out, testFirst ? task.demonstrations() : task.tests());
        return out.append('}').toString();
    }
}
