package dev.trmarena.ingest.plan;

import dev.trmarena.puzzles.score.AdaptMode;
import dev.trmarena.puzzles.score.Adaptation;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a checkpoint is trained on the demonstrations of the puzzle set before it answers. What is not said is as in {@code docs/adaptation.md}.
 *
 * @param mode {@code rows}, each for itself, or {@code all}, the weights, too
 * @param steps training steps, of each row or of the network; 0 leaves every row the mean of the checkpoint's rows, which is the run before
 * @param slots examples of one step; else 1 of rows, 8 of all
 * @param seed of places, order and exploration; else 0
 * @param settings by the names of the authors' trainer: {@code puzzle_emb_lr}, {@code puzzle_emb_weight_decay}, {@code lr_warmup_steps},
 *     {@code lr_min_ratio}, {@code halt_exploration_prob}; of {@code all} also {@code lr}, {@code weight_decay}, {@code beta1}, {@code beta2}, {@code ema_rate}
 */
record RequestedAdaptation(
        AdaptMode mode,

        @Schema(minimum = "0", maximum = "" + Adaptation.MOST_STEPS)
        Integer steps,

        @Schema(minimum = "1", maximum = "" + Adaptation.MOST_SLOTS) @Nullable
        Integer slots,

        @Schema(minimum = "0", maximum = "" + Integer.MAX_VALUE) @Nullable
        Integer seed,

        @Nullable Map<String, @NotNull(message = "leave out what is not known") Double> settings) {
    RequestedAdaptation {
        Objects.requireNonNull(mode, "'mode' of the adaptation is missing");
        Objects.requireNonNull(steps, "'steps' of the adaptation is missing");
    }

    /** @throws IllegalArgumentException for a value that is none */
    Adaptation adaptation() {
        return Adaptation.of(mode, steps, slots, seed, settings == null ? Map.of() : settings);
    }
}
