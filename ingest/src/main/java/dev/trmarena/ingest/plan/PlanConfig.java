package dev.trmarena.ingest.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How large a work unit is, and how many may wait. Small enough that a killed solver loses seconds, large enough that the broker's few hundred
 * acknowledgements a second never become the limit.
 */
@ConfigMapping(prefix = "arena.plan")
interface PlanConfig {
    /** Tokens of a unit: 64 ARC or maze examples of 900. */
    @WithDefault("57600")
    int unitTokens();

    /** Examples of a unit, however short they are. */
    @WithDefault("128")
    int unitExamples();

    /**
     * Operations of a unit, by estimate (multiplications and additions): five examples of a full-size TRM on ARC, minutes on two
     * cores of a CPU. A platform of GPUs wants some hundred times as much.
     */
    @WithDefault("2E13")
    double unitOperations();

    /** Operations of the training steps that a solver does at a time where all weights are adapted; what a solver that dies loses. */
    @WithDefault("2E12")
    double legOperations();

    /** Demonstrations that are solved before the examples of an ARC set, at most 64; 0 for none. Below 16 nothing follows from them. */
    @WithDefault("64")
    int canaryExamples();

    /** Evaluations that are not over: more are refused until some are. */
    @WithDefault("1000")
    int queuedEvaluations();

    /** Units of these, each of which becomes a row; a set of three million examples is some 25,000 to hundreds of thousands. */
    @WithDefault("2000000")
    long queuedUnits();

    /** As {@link #queuedEvaluations}, of one sender, told apart by the address. */
    @WithDefault("500")
    int queuedEvaluationsOfOne();

    /** As {@link #queuedUnits}, of one sender. */
    @WithDefault("1000000")
    long queuedUnitsOfOne();
}
