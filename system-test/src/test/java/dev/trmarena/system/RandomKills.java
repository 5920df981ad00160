package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Kills one process after the other, drawn at random, and lets a solver hang now and then. */
final class RandomKills {
    private static final List<String> ROLES =
            List.of("solver-1", "solver-2", "kafka", "postgres", "ingest", "leaderboard-api");

    /** Who dies again and again within seconds looks like a program that cannot start, and is started later and later. */
    private static final Duration PEACE = Duration.ofSeconds(25);

    /** So long after their deaths, what solvers say is recorded within moments again. */
    private static final Duration RECORDING = Duration.ofSeconds(10);

    private final Disturbed disturbed;
    private final Random random;
    private final SpareKilledUnits spare;
    private final Map<String, Long> killed = new HashMap<>();
    /** The last solution when a role was killed last. */
    private final Map<String, String> solvedBefore = new HashMap<>();

    private final Map<String, Integer> kills = new TreeMap<>();

    RandomKills(Disturbed disturbed, Random random) {
        this.disturbed = disturbed;
        this.random = random;
        this.spare = new SpareKilledUnits(disturbed.recorded());
    }

    Map<String, Integer> kills() {
        return kills;
    }

    /** Waits a drawn time, then kills who was drawn, or nobody when it is not its turn. */
    void one() throws Exception {
        DrawnMoment.await(disturbed.recorded(), random, Duration.ofMillis(500), Duration.ofMillis(4_500));
        String role = ROLES.get(random.nextInt(ROLES.size()));
        boolean hang = random.nextInt(3) == 0;
        var hanging = Duration.ofMillis(1_000 + random.nextInt(9_000));
        Optional<String> solved = lastSolved();
        // Where a start takes longer than the next kill lets it, nobody would ever get to work.
        boolean gotOn = solved.isPresent() && !solved.get().equals(solvedBefore.get(role));
        if (!longAgo(role, PEACE) || !gotOn || !disturbed.processes().runs(role)) {
            return;
        }
        if (!role.startsWith("solver-")) {
            count(role, "killed", solved.get());
            disturbed.processes().kill(role);
        } else if (mayLoseAUnit()) {
            if (hang) {
                count(role, "hung", solved.get());
                hang(role, hanging);
            } else {
                count(role, "killed", solved.get());
                disturbed.processes().kill(role);
                spare.remember();
            }
        }
    }

    private void hang(String role, Duration time) throws Exception {
        try (var frozen = disturbed.processes().freeze(role)) {
            spare.remember();
            if (frozen.ended()) {
                // It left by itself in that moment, as one does that is inside a step that nobody waits for.
                return;
            }
            await(role + " hangs, and lives, for " + time)
                    .during(time)
                    .atMost(time.plusSeconds(10))
                    .until(() -> frozen.processes().stream().anyMatch(ProcessHandle::isAlive));
        }
    }

    private boolean mayLoseAUnit() {
        try {
            return Stream.of("kafka", "postgres", "leaderboard-api").allMatch(role -> longAgo(role, RECORDING))
                    && spare.allSolved();
        } catch (SQLException | IOException e) {
            // The database is still coming back: nobody can tell.
            return false;
        }
    }

    /** When a unit was solved last; empty while the database is still coming back. */
    private Optional<String> lastSolved() {
        try {
            return Optional.of(disturbed
                    .recorded()
                    .lines("select coalesce(max(solved_at)::text, 'none') from work_unit")
                    .get(0));
        } catch (SQLException | IOException e) {
            return Optional.empty();
        }
    }

    private boolean longAgo(String role, Duration time) {
        Long at = killed.get(role);
        return at == null || System.nanoTime() - at > time.toNanos();
    }

    private void count(String role, String what, String solved) {
        solvedBefore.put(role, solved);
        killed.put(role, System.nanoTime());
        kills.merge(role + " " + what, 1, Integer::sum);
    }
}
