package dev.trmarena.db.board;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.json.Json;

/**
 * A checkpoint as a model had it; field names are those of the HTTP API. The same weights with another configuration, or in
 * another file, are another checkpoint with the same {@code checkpoint}.
 *
 * @param manifest SHA-256 of the manifest: weights, configuration and the file they came in
 * @param checkpoint tensor digest: equal for equal weights, whatever file they came in
 * @param source SHA-256 of the uploaded file
 * @param hyperParameters as resolved: shape and schedule of its network
 * @param evaluations of it under the name of this model, whatever their state
 * @param firstSeen when the first of these was submitted
 * @param otherModels names under which the same weights were evaluated, too, in the order in which they came; at most
 *     {@link ReadModel#MOST_NAMES}
 */
public record CheckpointView(
        String manifest,
        String checkpoint,
        String source,
        String fileName,
        String architecture,
        long coreParameters,
        long embeddingParameters,
        @Json Map<String, Object> hyperParameters,
        int evaluations,
        Instant firstSeen,
        List<String> otherModels) {
    public CheckpointView {
        hyperParameters = new TreeMap<>(hyperParameters);
        otherModels = List.copyOf(otherModels);
    }
}
