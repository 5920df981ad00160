package dev.trmarena.arena.command;

import picocli.CommandLine.Option;

/** The options that every command has that ends with a result. */
public final class ResultOptions {
    @Option(names = "--json", description = "Print JSON, for machines.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
