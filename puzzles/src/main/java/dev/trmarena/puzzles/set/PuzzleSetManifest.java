package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.puzzles.arc.ArcRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored puzzle set, in one of two forms. The SHA-256 of its JSON is the digest of the set.
 *
 * @param seqLen L, tokens of an example
 * @param vocabSize V
 * @param identifierCount N, rows of a puzzle embedding made for this set, the blank row 0 included
 * @param ignoreLabel label of cells that do not count; null when all count
 * @param side n of an n×n puzzle, 0 when L is no square
 * @param artifacts role to SHA-256: {@code inputs.npy} and {@code labels.npy} (u1 E×L), {@code puzzle_identifiers.npy}
 *     (i4 E), for ARC {@code identifiers.json} and {@code test_puzzles.json}; of a compact set these two and
 *     {@code puzzles.npy} (i4, the identifiers of the augmented test tasks in order, each with as many examples as it has
 *     test inputs)
 * @param recipe how a compact ARC set was made, whose examples are drawn when they are needed; null for stored examples
 * @param solutionsHidden whether the test outputs are not known: predictions make a submission but no scores
 */
public record PuzzleSetManifest(
        PuzzleKind kind,
        int seqLen,
        int vocabSize,
        int identifierCount,
        @Nullable Integer ignoreLabel,
        int exampleCount,
        int taskCount,
        int side,
        Map<String, String> artifacts,
        // Left out where they do not apply: the digests of sets from before there were compact ones stay what they are.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ArcRecipe recipe,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean solutionsHidden) {
    public static final String INPUTS = "inputs.npy";
    public static final String LABELS = "labels.npy";
    public static final String PUZZLE_IDENTIFIERS = "puzzle_identifiers.npy";
    public static final String IDENTIFIERS = "identifiers.json";
    public static final String TEST_PUZZLES = "test_puzzles.json";
    public static final String PUZZLES = "puzzles.npy";

    /** Name of a manifest among the files of a compact set that is not stored yet. */
    public static final String MANIFEST = "manifest.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public PuzzleSetManifest {
        if (seqLen < 1 || vocabSize < 2 || identifierCount < 0 || exampleCount < 1 || taskCount < 1) {
            throw new IllegalArgumentException("seqLen " + seqLen + ", vocabSize " + vocabSize + ", identifierCount "
                    + identifierCount + ", exampleCount " + exampleCount + ", taskCount " + taskCount);
        }
        if (recipe != null && !kind.hasCompactForm()) {
            throw new IllegalArgumentException("a compact set is of kind ARC, not " + kind);
        }
        artifacts = Map.copyOf(artifacts);
    }

    /** A set whose examples are stored and whose solutions are known. */
    public static PuzzleSetManifest stored(
            PuzzleKind kind,
            int seqLen,
            int vocabSize,
            int identifierCount,
            @Nullable Integer ignoreLabel,
            int exampleCount,
            int taskCount,
            int side) {
        return new PuzzleSetManifest(
                kind,
                seqLen,
                vocabSize,
                identifierCount,
                ignoreLabel,
                exampleCount,
                taskCount,
                side,
                Map.of(),
                null,
                false);
    }

    public PuzzleSetManifest withArtifacts(Map<String, String> digests) {
        return new PuzzleSetManifest(
                kind,
                seqLen,
                vocabSize,
                identifierCount,
                ignoreLabel,
                exampleCount,
                taskCount,
                side,
                new TreeMap<>(digests),
                recipe,
                solutionsHidden);
    }

    /** The same of so many examples, which are stored. */
    PuzzleSetManifest withExamples(int examples) {
        return new PuzzleSetManifest(
                kind,
                seqLen,
                vocabSize,
                identifierCount,
                ignoreLabel,
                examples,
                taskCount,
                side,
                Map.of(),
                null,
                solutionsHidden);
    }

    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest of plain values is always JSON", e);
        }
    }

    public static PuzzleSetManifest fromJson(byte[] json) {
        try {
            return JSON.readValue(json, PuzzleSetManifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException("not a puzzle set manifest: " + e.getMessage(), e);
        }
    }
}
