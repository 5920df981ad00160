package dev.trmarena.ingest.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much work lies in the topic at a time, how often a unit may fail, and how long silence is borne: all limits of units. */
@ConfigMapping(prefix = "arena.dispatch")
interface DispatchConfig {
    /** Units in flight for each solver that lives: what a newcomer may have to wait for. */
    @WithDefault("4")
    int unitsPerSolver();

    /** Units in flight, however few solvers there are. */
    @WithDefault("4")
    int leastUnits();

    /**
     * Units in flight are also as many as were answered within so long, however few solvers there are: a solver takes as many short units as it does
     * in two seconds.
     */
    @WithDefault("3S")
    Duration ahead();

    /** How often it looks while there is something to give out. */
    @WithDefault("0.05S")
    Duration look();

    /** How often it looks otherwise; a plan wakes it at once, this finds what others have left. */
    @WithDefault("0.5S")
    Duration idleLook();

    /** How often the reaper looks. */
    @WithDefault("10S")
    Duration reap();

    /** A unit that a solver had and that no solver has spoken of for so long is given out again. */
    @WithDefault("2M")
    Duration silent();

    /** So is a unit that no solver took for so long, although one is idle. */
    @WithDefault("5M")
    Duration untouched();

    /** A unit that failed so often in a round fails its evaluation; one that was handed back in good order is not counted. */
    @WithDefault("3")
    int failures();

    /** Of the first so many tasks of a set the answer after every step is kept to look at: 16 grids of 900 cells each. */
    @WithDefault("500")
    int replayTasks();

    /** Replays in flight: so few that they never keep an evaluation waiting. */
    @WithDefault("4")
    int replays();

    /** A replay that nobody answered for so long is given out again. */
    @WithDefault("10M")
    Duration replayPatience();

    /** Units of canaries in flight, of all evaluations. */
    @WithDefault("8")
    int canaries();

    /** A unit of a canary that nobody answered for so long is given out once more, which is no failure. */
    @WithDefault("30M")
    Duration canaryPatience();

    /** Legs of adaptations of all weights in flight, one of an evaluation at a time. */
    @WithDefault("4")
    int adaptations();

    /** A leg that nobody answered for so long is given out once more, which is no failure. */
    @WithDefault("30M")
    Duration adaptationPatience();

    /** An evaluation none of whose units was heard of for so long fails. */
    @WithDefault("24H")
    Duration noProgress();

    /** An evaluation that was paused for so long is cancelled. */
    @WithDefault("720H")
    Duration paused();
}
