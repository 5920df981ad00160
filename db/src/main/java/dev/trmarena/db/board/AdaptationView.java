package dev.trmarena.db.board;

import dev.trmarena.puzzles.score.AdaptMode;
import dev.trmarena.puzzles.score.Adaptation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a checkpoint was trained on the demonstrations before it answered, in the words by which it is asked for.
 *
 * @param steps training steps, of each row or of the network; with none every row is the mean of the checkpoint's rows
 * @param slots examples of one step
 * @param seed of places, order and exploration
 * @param settings rates and the like, by the names of the authors' trainer
 */
public record AdaptationView(AdaptMode mode, int steps, int slots, int seed, Map<String, Double> settings) {
    static @Nullable AdaptationView of(@Nullable Adaptation adaptation) {
        return adaptation == null
                ? null
                : new AdaptationView(
                        adaptation.mode(),
                        adaptation.steps(),
                        adaptation.slots(),
                        adaptation.seed(),
                        adaptation.settings());
    }
}
