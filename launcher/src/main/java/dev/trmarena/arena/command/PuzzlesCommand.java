package dev.trmarena.arena.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code arena puzzles}: a name for the commands below it. */
@Command(
        name = "puzzles",
        description = "Puzzle sets: build and import them.",
        subcommands = {BuildCommand.class, ImportCommand.class})
public final class PuzzlesCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
