package dev.trmarena.db.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose unit is next: start-time fair queueing. Each evaluation has a virtual time that a unit of it moves on by 1 / weight; the
 * one with the least is next. So whoever waits gets its share of the solvers whatever the others have in the queue, and a
 * newcomer, who begins where the hindmost is, is served at once.
 */
final class FairQueue {
    private FairQueue() {}

    /**
     * An evaluation with units that wait.
     *
     * @param weight from 1: units that it gets while one of weight 1 gets one
     * @param waiting number of its waiting units, at least 1
     * @param turn its virtual time; null for a newcomer
     */
    record Claim(
            UUID evaluation,
            int weight,
            int waiting,
            @Nullable Double turn) {}

    /**
     * What an evaluation gets.
     *
     * @param turn its virtual time afterwards
     */
    record Share(int units, double turn) {}

    /**
     * @param claims of equal turn a newcomer goes first, then the first of them
     * @param free units that may be given out now
     */
    static Map<UUID, Share> share(List<Claim> claims, int free) {
        double hindmost = claims.stream()
                .map(Claim::turn)
                .filter(turn -> turn != null)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        List<State> states = new ArrayList<>();
        for (Claim claim : claims) {
            Double turn = claim.turn();
            states.add(new State(claim, turn == null ? hindmost : turn));
        }
        for (int i = 0; i < free; i++) {
            State next = states.stream()
                    .filter(state -> state.units < state.claim.waiting())
                    .min(Comparator.<State>comparingDouble(state -> state.turn)
                            .thenComparing(state -> state.claim.turn() != null))
                    .orElse(null);
            if (next == null) {
                break;
            }
            next.units++;
            next.turn += 1.0 / next.claim.weight();
        }
        Map<UUID, Share> shares = new LinkedHashMap<>();
        for (State state : states) {
            if (state.units > 0) {
                shares.put(state.claim.evaluation(), new Share(state.units, state.turn));
            }
        }
        return shares;
    }

    private static final class State {
        private final Claim claim;
        private double turn;
        private int units;

        State(Claim claim, double turn) {
            this.claim = claim;
            this.turn = turn;
        }
    }
}
