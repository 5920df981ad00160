package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.arc.Canvas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code dataset.json} of a split, with the keys and the order of the authors' {@code PuzzleDatasetMetadata}. */
record DatasetJson(
        int vocabSize, int seqLen, int identifierCount, int totalGroups, double meanPuzzleExamples, int totalPuzzles) {
    static DatasetJson arc(int identifierCount, int groups, double meanExamples, int puzzles) {
        return new DatasetJson(Canvas.VOCABULARY, Canvas.TOKENS, identifierCount, groups, meanExamples, puzzles);
    }

    void write(Path file) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pad_id", 0);
        values.put("ignore_label_id", 0);
        values.put("blank_identifier_id", 0);
        values.put("vocab_size", vocabSize);
        values.put("seq_len", seqLen);
        values.put("num_puzzle_identifiers", identifierCount);
        values.put("total_groups", totalGroups);
        values.put("mean_puzzle_examples", meanPuzzleExamples);
        values.put("total_puzzles", totalPuzzles);
        values.put("sets", List.of("all"));
        Files.writeString(file, PythonJson.object(values), StandardCharsets.US_ASCII);
    }
}
