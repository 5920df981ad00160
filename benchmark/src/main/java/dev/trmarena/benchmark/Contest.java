package dev.trmarena.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

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

    /** What one thread computes is timed by its own processor time, which others on the machine hardly change. */
    static LongSupplier clock(int threads) {
        return threads == 1 ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime : System::nanoTime;
    }

    /**
     * @param rounds turns that count, after one that does not
     * @return the median of each in milliseconds
     */
    static double[] medians(List<Contestant> contestants, int rounds, LongSupplier clock) throws IOException {
        double[][] times = new double[contestants.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < times.length; i++) {
                long begun = clock.getAsLong();
                contestants.get(i).run();
                double millis = (clock.getAsLong() - begun) / 1e6;
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
