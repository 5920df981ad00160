package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.Network;
import dev.trmarena.artifacts.checkpoint.Preset;
import dev.trmarena.db.plan.RanBefore;
import dev.trmarena.messages.EvaluationState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an uploaded checkpoint is, as far as it can be told.
 *
 * @param fileName of the checkpoint
 * @param architecture null while settings are missing; likewise the two numbers of parameters
 * @param coreParameters values of the network
 * @param embeddingParameters values of the puzzle embedding
 * @param hyperParameters shape and schedule of the network, as far as they are known
 * @param configurationSources by the names of these: where each value came from
 * @param notes sentences to read before its score is believed: keys of the configuration that nothing here reads, for one
 * @param leftOut tensors of the file that are no weights
 * @param missing settings that have to be given before it can be evaluated, under the names that its authors have for them
 * @param networks of a file that has several: one of them is to be named as {@code weights}; empty otherwise
 * @param files checkpoints of an archive that has several: one of them is to be named as {@code file}; empty otherwise
 * @param presets published recipes that can be named instead
 * @param recipes the same presets with whose they are, what they say, and what they reach
 * @param operationsPerSecond of one solver of this platform lately, by the same estimate; null before it finished anything
 * @param before evaluations of the very same tensors, the first come first; those in another file only where values were read, or this
 *     very file was evaluated before
 * @param fits puzzle sets that it was compared with; empty while settings are missing
 */
record Inspection(
        String fileName,
        @Nullable Architecture architecture,
        @Nullable Long coreParameters,
        @Nullable Long embeddingParameters,
        Map<String, Object> hyperParameters,
        Map<String, String> configurationSources,
        List<String> notes,
        List<String> leftOut,
        List<String> missing,
        List<Network> networks,
        List<String> files,
        List<String> presets,
        List<Preset> recipes,
        @Nullable Double operationsPerSecond,
        List<Before> before,
        List<Fit> fits) {
    Inspection {
        hyperParameters = new TreeMap<>(hyperParameters);
        configurationSources = new TreeMap<>(configurationSources);
        notes = List.copyOf(notes);
        leftOut = List.copyOf(leftOut);
        missing = List.copyOf(missing);
        networks = List.copyOf(networks);
        files = List.copyOf(files);
        presets = List.copyOf(presets);
        recipes = List.copyOf(recipes);
        before = List.copyOf(before);
        fits = List.copyOf(fits);
    }

    /**
     * An evaluation of the very same tensors.
     *
     * @param sameFile whether they came in the very same file
     * @param protocol its key
     * @param otherwise settings in which that run differs from what is known now, with their values then
     */
    record Before(
            UUID evaluation,
            boolean sameFile,
            String model,
            String puzzleSet,
            String protocol,
            EvaluationState state,
            Map<String, Object> otherwise) {
        static Before of(RanBefore run, Map<String, Object> now) {
            Map<String, Object> otherwise = new TreeMap<>(run.hyperParameters());
            otherwise
                    .entrySet()
                    .removeIf(then ->
                            !now.containsKey(then.getKey()) || then.getValue().equals(now.get(then.getKey())));
            return new Before(
                    run.evaluation(),
                    run.sameFile(),
                    run.model(),
                    run.puzzleSet(),
                    run.protocol(),
                    run.state(),
                    otherwise);
        }
    }

    /**
     * Whether it was made for a puzzle set, and its steps are not too much work.
     *
     * @param operationsPerStep multiplications and additions of one improvement step of one example of it, by estimate
     * @param operationsPerTrainingStep likewise of a step that trains a row on one example
     * @param mostOperations of all steps of all examples that an evaluation on it may take
     * @param problem both numbers of everything that differs, or of the step that is too much; null when it fits
     * @param mendedBy settings that make a checkpoint fit that was trained on this set joined with others: {@code identifier_offset},
     *     {@code allow_larger_vocabulary}
     * @param notes on what of the checkpoint is larger than the set needs
     * @param adapts whether it can run by rows that are adapted to the set's demonstrations, whether or not its own rows fit
     */
    record Fit(
            String puzzleSet,
            boolean fits,
            double operationsPerStep,
            double operationsPerTrainingStep,
            double mostOperations,
            @Nullable String problem,
            List<String> mendedBy,
            List<String> notes,
            boolean adapts) {}
}
