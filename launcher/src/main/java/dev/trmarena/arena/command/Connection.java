package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.Token;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** The options that every command has that talks to a running platform. */
public final class Connection {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:ARENA_URL:-http://localhost:8080}",
            description = "The platform (default: ARENA_URL, or http://localhost:8080).")
    String url;

    @Option(names = "--json", description = "Print JSON, for machines.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    ArenaClient client() {
        return new ArenaClient(url, Token.find());
    }

    /** Progress is for people; it goes to standard error and not beside JSON. */
    Uploads uploads() {
        return new Uploads(System.err, !json);
    }

    void print(JsonNode answer, Text text) {
        if (json) {
            System.out.println(answer);
        } else {
            text.write(System.out);
        }
        System.out.flush();
    }

    /** How people want to read it. */
    interface Text {
        void write(PrintStream out);
    }
}
