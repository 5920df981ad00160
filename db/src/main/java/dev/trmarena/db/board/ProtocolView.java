package dev.trmarena.db.board;

import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jspecify.annotations.Nullable;

/**
 * How a checkpoint was run; field names are those of the HTTP API.
 *
 * @param key its written form, as {@code ?protocol=} takes it
 * @param label for people, on one line
 * @param steps improvement steps: exactly so many, or at most with early halting
 * @param dtype what the network computed in
 * @param augmentations how many of each task voted beside the task as it is; null for all
 * @param adaptation how rows were trained on the demonstrations before; null where it answered by its own
 * @param whole whether it is how the authors report scores; otherwise a preview or an analysis
 */
public record ProtocolView(
        String key,
        String label,
        int steps,
        Dtype dtype,
        @Nullable Integer augmentations,
        boolean earlyHalting,
        boolean blankIdentifier,
        @Nullable AdaptationView adaptation,
        boolean whole) {
    /** As a row has it; null of answers that nothing here was run for. */
    @JdbiConstructor
    public static ProtocolView of(@PropagateNull Protocol protocol) {
        return new ProtocolView(
                protocol.key(),
                protocol.label(),
                protocol.steps(),
                protocol.dtype(),
                protocol.augmentations(),
                protocol.earlyHalting(),
                protocol.blankIdentifier(),
                AdaptationView.of(protocol.adaptation()),
                protocol.isWhole());
    }
}
