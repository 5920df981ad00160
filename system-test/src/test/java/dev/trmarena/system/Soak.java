package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several users hand in one small checkpoint after the other while everything is killed at random, beside {@link HostileClients}; then the
 * books are checked.
 */
final class Soak {
    private static final int USERS = 3;
    private static final List<Load> LOADS =
            List.of(Load.sudoku(2, Load.ALL), Load.sudoku(4, Load.ALL), Load.sudoku(12, Load.ALL));

    private final Disturbed disturbed;
    private final long seed;
    private final Duration duration;
    private final String prefix;
    private final List<Submission> submissions = new CopyOnWriteArrayList<>();
    private final List<String> repeatedAnew = new CopyOnWriteArrayList<>();
    private final AtomicInteger repeats = new AtomicInteger();
    private final AtomicInteger troubles = new AtomicInteger();
    private volatile long deadline;

    Soak(Disturbed disturbed, long seed, Duration duration) {
        this.disturbed = disturbed;
        this.seed = seed;
        this.duration = duration;
        this.prefix = "soak-" + seed + "-";
    }

    private record Submission(String set, Load load, JsonNode evaluation) {}

    /**
     * What is left when the dust has settled.
     *
     * @param lost accepted, and there is no evaluation of it
     * @param doubled evaluations that nobody asked for, or answers that were counted twice
     * @param stuck evaluations that did not finish
     * @param wrong evaluations that came to something else than undisturbed
     * @param troubles messages that users saw before they tried again
     * @param repeated submissions that were sent again
     * @param hostile what {@link HostileClients} did meanwhile
     */
    record Books(
            long seed,
            int submitted,
            int finished,
            List<String> lost,
            List<String> doubled,
            List<String> stuck,
            List<String> wrong,
            int troubles,
            Map<String, Integer> kills,
            int repeated,
            Map<String, Integer> hostile) {
        boolean clean() {
            return submitted > 0
                    && repeated > 0
                    && hostile.getOrDefault("monsters cancelled", 0) > 0
                    && finished == submitted
                    && lost.isEmpty()
                    && doubled.isEmpty()
                    && stuck.isEmpty()
                    && wrong.isEmpty();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "soak, seed %d: submitted %d, finished %d, lost %d, double %d, stuck %d, wrong %d;"
                            + " messages to try again %d; kills %s; sent again %d; hostile clients %s%s",
                    seed,
                    submitted,
                    finished,
                    lost.size(),
                    doubled.size(),
                    stuck.size(),
                    wrong.size(),
                    troubles,
                    kills,
                    repeated,
                    hostile,
                    clean() ? "" : "\nlost " + lost + "\ndouble " + doubled + "\nstuck " + stuck + "\nwrong " + wrong);
        }
    }

    Books run() throws Exception {
        // The numbers to compare with, before anybody is killed.
        for (Load load : LOADS) {
            disturbed.undisturbed(load);
        }
        deadline = System.nanoTime() + duration.toNanos();
        ExecutorService users = Executors.newFixedThreadPool(USERS + 1);
        var hostile = new HostileClients(disturbed, "monstrous-" + seed);
        var killer = new RandomKills(disturbed, new Random(seed));
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                running.add(users.submit(user(user)));
            }
            running.add(users.submit(repeater()));
            hostile.begin();
            while (System.nanoTime() < deadline) {
                killer.one();
                hostile.check();
                for (Future<Integer> one : running) {
                    // A user that met something else than a passing trouble ends the soak at once.
                    if (one.isDone()) {
                        one.get();
                    }
                }
            }
            for (Future<Integer> one : running) {
                one.get(5, TimeUnit.MINUTES);
            }
        } finally {
            hostile.close();
            users.shutdownNow();
            users.awaitTermination(10, TimeUnit.SECONDS);
        }
        return books(killer.kills(), hostile.done());
    }

    /** Submits until the time is over; looks for the end of every second submission, as not every user does. */
    private Callable<Integer> user(int number) {
        return () -> {
            var random = new Random(seed * 31 + number);
            var user = new PatientUser(new ArenaClient(disturbed.platform().url(), null));
            int submitted = 0;
            while (System.nanoTime() < deadline) {
                Load load = LOADS.get(random.nextInt(LOADS.size()));
                String set = prefix + number + "-" + submitted;
                JsonNode evaluation = user.submits(load, set);
                submissions.add(new Submission(set, load, evaluation));
                submitted++;
                if (submitted % 2 == 0) {
                    user.sees(evaluation);
                }
            }
            troubles.addAndGet(user.told().size());
            return submitted;
        };
    }

    /** Sends again what others have sent, which must come to what they got. */
    private Callable<Integer> repeater() {
        return () -> {
            var random = new Random(seed * 37);
            var user = new PatientUser(new ArenaClient(disturbed.platform().url(), null));
            int repeated = 0;
            while (System.nanoTime() < deadline) {
                await("something to send again").atMost(duration.plusMinutes(1)).until(() -> !submissions.isEmpty());
                Submission submission = submissions.get(random.nextInt(submissions.size()));
                JsonNode again = user.submits(submission.load(), submission.set());
                if (!Disturbed.idOf(again).equals(Disturbed.idOf(submission.evaluation()))) {
                    repeatedAnew.add(submission.set() + " sent again is " + again);
                }
                repeated++;
            }
            repeats.set(repeated);
            return repeated;
        };
    }

    private Books books(Map<String, Integer> kills, Map<String, Integer> hostile) throws Exception {
        var lost = new ArrayList<String>();
        var doubled = new ArrayList<>(repeatedAnew);
        var stuck = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        int finished = 0;
        var patient = new PatientUser(disturbed.client());
        for (Submission submission : submissions) {
            JsonNode last = patient.sees(submission.evaluation());
            List<String> found = disturbed.recorded().evaluationsOn(submission.set());
            // One name begins like another: soak-1-0-1 and soak-1-0-10.
            found.removeIf(line -> !line.startsWith(submission.set() + " "));
            if (found.isEmpty()) {
                lost.add(submission.set());
            } else if (found.size() > 1) {
                doubled.add(submission.set() + ": " + found);
            }
            if (!last.path("state").asText().equals("finished")) {
                stuck.add(submission.set() + ": " + last);
                continue;
            }
            finished++;
            int examples = last.path("exampleCount").asInt();
            int predictions = disturbed.recorded().predictions(Disturbed.idOf(last));
            if (predictions > examples) {
                doubled.add(submission.set() + ": " + predictions + " answers to " + examples + " examples");
            } else if (!disturbed
                    .recorded()
                    .outcome(Disturbed.idOf(last))
                    .equals(disturbed.undisturbed(submission.load()))) {
                wrong.add(submission.set() + ": " + last);
            }
        }
        int all = disturbed.recorded().evaluationsOn(prefix).size();
        if (all > submissions.size()) {
            doubled.add(all + " evaluations of " + submissions.size() + " submissions");
        }
        return new Books(
                seed,
                submissions.size(),
                finished,
                lost,
                doubled,
                stuck,
                wrong,
                troubles.get(),
                new LinkedHashMap<>(kills),
                repeats.get(),
                hostile);
    }
}
