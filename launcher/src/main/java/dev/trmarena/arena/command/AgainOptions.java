package dev.trmarena.arena.command;

import picocli.CommandLine.Option;

/** Whether to run it although it was run, before whom, and whether to stop at the first sign that it is set up wrongly. */
final class AgainOptions {
    @Option(
            names = "--again",
            description = "Run it although the same was run before; the two are compared example by example.")
    boolean again;

    @Option(
            names = "--stop-if-suspect",
            description =
                    "ARC: judge first by demonstrations that training saw, and end there if cycles, rows, weights or dtype seem wrong.")
    boolean stopIfSuspect;

    @Option(
            names = "--priority",
            paramLabel = "low|normal|high",
            defaultValue = "normal",
            description = "Its share of the solvers while others wait, 1 : 4 : 16 (default: normal).")
    String priority;
}
