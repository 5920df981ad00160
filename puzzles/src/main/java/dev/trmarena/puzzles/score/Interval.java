package dev.trmarena.puzzles.score;

/** Where a score probably lies, at 95 % confidence; 0 ≤ low ≤ high ≤ 1. */
public record Interval(double low, double high) {
    public Interval {
        if (!(0 <= low && low <= high && high <= 1)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    /**
     * Wilson's score interval for a share of independent trials. Source: Wilson (1927), "Probable inference, the law of
     * succession, and statistical inference".
     */
    public static Interval wilson(long successes, long trials) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
        }
        double z = 1.959963984540054;
        double share = successes / (double) trials;
        double z2 = z * z / trials;
        double centre = (share + z2 / 2) / (1 + z2);
        double half = z / (1 + z2) * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials));
        // Exactly 0 and 1 at the ends, where rounding would leave a speck beyond.
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Interval(low, high);
    }
}
