package dev.trmarena.ingest.plan;

import dev.trmarena.db.canary.NewCanary;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.ingest.puzzleset.OpenPuzzleSet;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.Canary;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many demonstrations are solved before the examples of an evaluation, if any. */
@ApplicationScoped
class ChooseCanary {
    private final PlanConfig config;
    private final OpenPuzzleSet openPuzzleSet;

    ChooseCanary(PlanConfig config, OpenPuzzleSet openPuzzleSet) {
        this.config = config;
        this.openPuzzleSet = openPuzzleSet;
    }

    /**
     * @param examples of the evaluation: no canary has more
     * @return null where nothing is to be said: of a kind of puzzles that has none, unless somebody asks for its verdict
     */
    @Nullable
    NewCanary of(PuzzleSetRow set, Protocol protocol, int examples, boolean stopIfSuspect) {
        if (!PuzzleKind.named(set.kind()).augmented()) {
            return stopIfSuspect ? none("a " + set.kind() + " set has no demonstrations", true) : null;
        }
        int most = Math.min(config.canaryExamples(), examples);
        if (most < 1) {
            return none("this platform solves none (arena.plan.canary-examples)", stopIfSuspect);
        }
        if (protocol.blankIdentifier()) {
            return none("the network is not told which task it sees", stopIfSuspect);
        }
        if (protocol.adaptation() != null) {
            return none("its rows are trained on the demonstrations", stopIfSuspect);
        }
        Optional<Canary> canary = Canary.of(openPuzzleSet.of(set.name(), set.manifestDigest()));
        return canary.map(found -> new NewCanary(null, Math.min(most, found.size()), stopIfSuspect))
                .orElseGet(() -> none("the set has no demonstrations", stopIfSuspect));
    }

    private static NewCanary none(String why, boolean stopIfSuspect) {
        return new NewCanary(why, 0, stopIfSuspect);
    }
}
