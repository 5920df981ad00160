package dev.trmarena.ingest.inspect;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How much work may be asked for, by the estimate of {@code EstimateOperations}: multiplications and additions. */
@ConfigMapping(prefix = "arena.limit")
interface WorkLimitConfig {
    /** Of one improvement step of one example: that is one native call, which nothing interrupts. */
    @WithDefault("4E12")
    double stepOperations();

    /** Of all steps of all examples of an evaluation. */
    @WithDefault("1E19")
    double evaluationOperations();

    /** Instead of {@link #evaluationOperations} for evaluations on these sets: {@code arc-agi-1 = 1E20, my-set = 2E15}. */
    Optional<String> setOperations();
}
