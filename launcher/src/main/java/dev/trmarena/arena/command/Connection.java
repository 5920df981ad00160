package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.FetchFromHub;
import dev.trmarena.arena.client.Token;
import java.io.PrintStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every command has that talks to a running platform. */
public final class Connection {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:ARENA_URL:-http://localhost:8080}",
            description = "The platform (default: ARENA_URL, or http://localhost:8080).")
    String url;

    @Mixin
    ResultOptions result;

    ArenaClient client() {
        return new ArenaClient(url, Token.find());
    }

    ArenaApi api() {
        return client().api();
    }

    /** Progress is for people; it goes to standard error and not beside JSON. */
    Uploads uploads() {
        return new Uploads(System.err, !result.json);
    }

    /** The same of what the platform fetches. */
    FetchFromHub.Progress fetches() {
        return result.json ? fetch -> {} : new Fetches(System.err);
    }

    <T> void print(Answer<T> answer, Text<T> text) {
        if (result.json) {
            System.out.println(answer.json());
        } else {
            text.write(answer.value(), System.out);
        }
        System.out.flush();
    }

    /** As it is, and no more. */
    void print(String text) {
        System.out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
        System.out.flush();
    }

    /** How people want to read it. */
    interface Text<T> {
        void write(T answer, PrintStream out);
    }
}
