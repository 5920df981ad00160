package dev.trmarena.solver.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ReadJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the {@code dataset.json} of a train split says.
 *
 * @param vocabulary V
 * @param length L
 * @param identifiers N, the blank one included
 * @param groups tasks
 * @param meanPuzzleExamples examples of one of them in an epoch, in the mean
 */
record TrainSplit(String file, int vocabulary, int length, int identifiers, int groups, double meanPuzzleExamples) {
    /** @throws InputProblem when it is no such file */
    static TrainSplit read(Path file) throws IOException {
        String name = file.toString();
        JsonNode json = ReadJson.tree(file, name, ReadLimits.CONFIGURATION_BYTES);
        return new TrainSplit(
                name,
                integer(json, name, "vocab_size"),
                integer(json, name, "seq_len"),
                integer(json, name, "num_puzzle_identifiers"),
                integer(json, name, "total_groups"),
                mean(json, name));
    }

    private static int integer(JsonNode json, String file, String key) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.intValue() < 1) {
            throw bad(file, key, value);
        }
        return value.intValue();
    }

    private static double mean(JsonNode json, String file) {
        JsonNode value = json.path("mean_puzzle_examples");
        if (!value.isNumber() || !(value.doubleValue() > 0 && value.doubleValue() < 1e9)) {
            throw bad(file, "mean_puzzle_examples", value);
        }
        return value.doubleValue();
    }

    private static InputProblem bad(String file, String key, JsonNode value) {
        return new InputProblem(
                file,
                key,
                value.isMissingNode() ? "it is not there" : "it is " + value + ", a number above 0 was expected",
                "Give the dataset.json in the train folder of the set.");
    }

    /** @throws InputProblem when the network cannot read the set */
    void requireFit(HyperParameters hyper) {
        if (hyper.vocabSize() != vocabulary) {
            throw new InputProblem(
                    file,
                    "vocab_size",
                    "it is " + vocabulary + ", the checkpoint's vocabulary is " + hyper.vocabSize(),
                    "Give a set of the kind that the checkpoint was trained on.");
        }
        if (hyper.seqLen() != 0 && hyper.seqLen() != length) {
            throw new InputProblem(
                    file,
                    "seq_len",
                    "it is " + length + ", the checkpoint was made for " + hyper.seqLen(),
                    "Give a set of the kind that the checkpoint was trained on.");
        }
    }
}
