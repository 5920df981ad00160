package dev.trmarena.loops;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All loops and jobs of a process: what its liveness asks. */
public final class Loops {
    private final List<Steadiness> all = new CopyOnWriteArrayList<>();

    /**
     * A loop that is not started yet; it counts from its start on.
     *
     * @param name of the thread
     * @param task for people, behind "cannot": {@code give out units}
     * @param longest a turn may take, or take on after it last said that it gets on; whatever it calls gives up earlier
     */
    public PollingLoop loop(String name, String task, Duration longest, PollingLoop.Turn turn) {
        return new PollingLoop(this, new Steadiness(name, longest), new TroubleLog(task), turn);
    }

    /**
     * What a scheduler begins; it counts from now on.
     *
     * @param task for people, behind "cannot"
     * @param every so often it is begun
     * @param longest it may take, or take on after it last said that it gets on
     */
    public PeriodicJob job(String name, String task, Duration every, Duration longest) {
        return new PeriodicJob(watched(name, longest), new TroubleLog(task), every);
    }

    /** For a thread that is no {@link PollingLoop}: it says itself when it works and when it rests. */
    public Steadiness watched(String name, Duration longest) {
        var steadiness = new Steadiness(name, longest);
        add(steadiness);
        return steadiness;
    }

    void add(Steadiness steadiness) {
        all.add(steadiness);
    }

    void remove(Steadiness steadiness) {
        all.remove(steadiness);
    }

    /** Names of the loops that are watched now. */
    public List<String> names() {
        return all.stream().map(Steadiness::name).toList();
    }

    /** What is wrong, one line for each loop that does not get on; empty when all do. */
    public List<String> troubles() {
        return all.stream().map(Steadiness::trouble).flatMap(Optional::stream).toList();
    }
}
