package dev.trmarena.arena.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code arena puzzles}: a name for the commands below it. */
@Command(
        name = "puzzles",
        description = "Puzzle sets: build, import and rank them.",
        subcommands = {BuildCommand.class, ImportCommand.class, RankByCommand.class})
public final class PuzzlesCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
