package dev.trmarena.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Times several ways of doing the same, taking turns: what else runs on the machine slows all of them alike, so that their
 * ratios hold where their absolute times do not.
 */
final class Contest {
    @FunctionalInterface
    interface Contestant {
        void run() throws IOException;
    }

    private Contest() {}

    /**
     * @param rounds turns that count, after one that does not
     * @return the median of each in milliseconds
     */
    static double[] medians(List<Contestant> contestants, int rounds) throws IOException {
        double[][] times = new double[contestants.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < times.length; i++) {
                long begun = System.nanoTime();
                contestants.get(i).run();
                double millis = (System.nanoTime() - begun) / 1e6;
                if (round >= 0) {
                    times[i][round] = millis;
                }
            }
        }
        return Arrays.stream(times)
                .mapToDouble(all ->
                        Arrays.stream(all).sorted().skip(rounds / 2).findFirst().orElseThrow())
                .toArray();
    }
}
