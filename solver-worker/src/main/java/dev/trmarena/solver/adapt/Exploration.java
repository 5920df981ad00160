package dev.trmarena.solver.adapt;

import java.util.SplittableRandom;

/** Now and then a slot has to go on for longer than it would, so that its halt logit learns what that is worth. */
final class Exploration {
    private Exploration() {}

    /**
     * @param seed of the run; the same seed, step and slot draw the same
     * @param probability with which there is such a number
     * @param most {@code halt_max_steps}
     * @return steps before which the slot does not halt: 0, or from 2 to {@code most}, all as likely
     */
    static int least(long seed, int step, int slot, double probability, int most) {
        var draws = new SplittableRandom(seed ^ ((long) step << 32 | slot) * 0x9E3779B97F4A7C15L);
        return draws.nextDouble() < probability ? draws.nextInt(2, most + 1) : 0;
    }
}
