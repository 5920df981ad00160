package dev.trmarena.system;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/** The moment for the next disturbance: after a drawn number of further answers, or, where nothing gets done, after a drawn time. */
final class DrawnMoment {
    private static final int MOST_ANSWERS = 60;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private DrawnMoment() {}

    static void await(Recorded recorded, Random random, Duration soonest, Duration latest) {
        int further = 1 + random.nextInt(MOST_ANSWERS);
        long began = System.nanoTime();
        long span = latest.minus(soonest).toNanos();
        long over = soonest.toNanos() + (long) (span * random.nextDouble());
        List<String> before = answers(recorded);
        Awaitility.await(further + " further answers, or so long")
                .atMost(latest.plusSeconds(60))
                .pollInterval(LOOK_EVERY)
                .until(() -> {
                    long gone = System.nanoTime() - began;
                    return gone >= over || gone >= soonest.toNanos() && more(before, answers(recorded), further);
                });
    }

    private static boolean more(List<String> before, List<String> now, int further) {
        return !before.isEmpty()
                && !now.isEmpty()
                && Long.parseLong(now.get(0)) - Long.parseLong(before.get(0)) >= further;
    }

    /** @return one number, or nothing while the database is away */
    private static List<String> answers(Recorded recorded) {
        try {
            return recorded.lines("select count(*)::text from prediction");
        } catch (SQLException | IOException e) {
            return List.of();
        }
    }
}
