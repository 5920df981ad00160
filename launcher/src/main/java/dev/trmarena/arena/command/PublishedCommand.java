package dev.trmarena.arena.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code arena published}: a name for the command below it. */
@Command(
        name = "published",
        description = "Results that others published, which stand beside the boards.",
        subcommands = {ImportPublishedCommand.class})
public final class PublishedCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
