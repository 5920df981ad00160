package dev.trmarena.solver.model;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import java.util.List;
import java.util.Map;

/** What tells one architecture from another: its script, its states, its levels, its schedule. */
sealed interface Family permits Trm, TrmSingleZ, TrmHier6, Hrm, TransformerBaseline {
    /** The script beside this class that defines {@code Recursion}. */
    String script();

    /** Names of the stored vectors (D) that the states begin as, in the order of the carry: the answer's first. */
    List<String> states();

    /** In the order in which the script numbers them. */
    List<Level> levels(HyperParameters hyper);

    /** What the script calls by these names, besides what {@link Level} needs. */
    Map<String, Object> schedule(HyperParameters hyper);

    /** A stack of blocks; its tensors are called {@code <name>.layers.<i>.…} */
    record Level(String name, int layers) {}

    /** @throws IllegalArgumentException when no solver runs this architecture */
    static Family of(String architecture) {
        return switch (architecture) {
            case "trm" -> new Trm();
            case "trm_singlez" -> new TrmSingleZ();
            case "trm_hier6" -> new TrmHier6();
            case "hrm" -> new Hrm();
            case "transformer" -> new TransformerBaseline();
            default ->
                throw new IllegalArgumentException(
                        "solvers run trm, trm_singlez, trm_hier6, hrm and transformer, not " + architecture);
        };
    }

    static Map<String, Object> cycles(HyperParameters hyper) {
        return Map.of("H_cycles", hyper.hCycles(), "L_cycles", hyper.lCycles());
    }
}
