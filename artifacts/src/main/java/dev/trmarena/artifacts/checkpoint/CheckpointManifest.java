package dev.trmarena.artifacts.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What solvers know of a checkpoint. Its JSON is an artifact; the digest of that names the checkpoint and its protocol.
 *
 * @param sources by hyper-parameter: where its value came from, a file, a preset, {@code given}, {@code tensors}
 * @param notes sentences that people should read before they believe a score: keys of the configuration that nothing here reads,
 *     tensors that the file lacks and what stands for them; usually none
 * @param leftOut tensors of the file that are no weights (integers, scratch rows of the training); usually none
 * @param weights SHA-256 of the canonical safetensors artifact
 * @param tensorDigest SHA-256 over names, types, shapes and values of the tensors, whatever file they came in
 * @param sourceDigest SHA-256 of the uploaded file
 * @param coreParameters values of the network
 * @param embeddingParameters values of the puzzle embedding
 * @param peakBytes of memory while a solver loads it, see {@link EstimateMemory#ofLoading}; 0 in manifests from before
 */
public record CheckpointManifest(
        Architecture architecture,
        HyperParameters hyperParameters,
        Map<String, String> sources,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
        List<String> leftOut,
        String weights,
        String tensorDigest,
        String sourceDigest,
        long coreParameters,
        long embeddingParameters,
        long peakBytes) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public CheckpointManifest {
        // Sorted: the JSON of equal manifests is equal, and its digest names the checkpoint.
        leftOut = List.copyOf(leftOut);
        // Manifests from before have none, and so have most.
        notes = notes == null ? List.of() : List.copyOf(notes);
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    }

    /** The same manifest with its digests: those that only the store knows, and that of the values. */
    public CheckpointManifest with(String weights, String tensorDigest, String sourceDigest) {
        return new CheckpointManifest(
                architecture,
                hyperParameters,
                sources,
                notes,
                leftOut,
                weights,
                tensorDigest,
                sourceDigest,
                coreParameters,
                embeddingParameters,
                peakBytes);
    }

    /** The same weights run with other cycles. @param hCycles null for its own @param lCycles likewise */
    public CheckpointManifest withCycles(@Nullable Integer hCycles, @Nullable Integer lCycles) {
        return new CheckpointManifest(
                architecture,
                hyperParameters.withCycles(
                        hCycles == null ? hyperParameters.hCycles() : hCycles,
                        lCycles == null ? hyperParameters.lCycles() : lCycles),
                sources,
                notes,
                leftOut,
                weights,
                tensorDigest,
                sourceDigest,
                coreParameters,
                embeddingParameters,
                peakBytes);
    }

    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest of plain values is always JSON", e);
        }
    }

    public static CheckpointManifest fromJson(byte[] json) {
        try {
            return JSON.readValue(json, CheckpointManifest.class);
        } catch (ValueInstantiationException e) {
            if (e.getCause() instanceof IllegalArgumentException unknown) {
                // An architecture that this version does not know: no other try would.
                throw unknown;
            }
            throw new UncheckedIOException("not a checkpoint manifest: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("not a checkpoint manifest: " + e.getMessage(), e);
        }
    }
}
