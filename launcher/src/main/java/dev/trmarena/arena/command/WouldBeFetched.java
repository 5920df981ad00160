package dev.trmarena.arena.command;

import dev.trmarena.arena.client.Fetch;
import dev.trmarena.arena.client.RawTasksOfHub;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Tells what would be fetched of a hub; nothing is. */
final class WouldBeFetched {
    private static final int NAMED = 20;

    private WouldBeFetched() {}

    /** One file, with its configuration if there is one. */
    static void tell(Connection connection, String from, @Nullable String config) throws InterruptedException {
        var request = new Fetch.Request(from, config, true);
        connection.print(connection.client().api().fetchFile(request), (found, out) -> {
            tell(found.file(), out);
            if (found.config() != null) {
                tell(found.config(), out);
            }
        });
    }

    private static void tell(Fetch found, PrintStream out) {
        out.println(
                "would fetch " + found.fileName() + ", " + Uploads.bytes(found.bytes()) + ", digest " + found.digest()
                        + System.lineSeparator() + "  " + found.origin().page());
    }

    /** Many. */
    static void tell(Connection connection, RawTasksOfHub raw) {
        var lines = new StringBuilder();
        raw.files().stream().limit(NAMED).forEach(file -> lines.append("would fetch ")
                .append(file.from())
                .append(", ")
                .append(Uploads.bytes(file.bytes()))
                .append(System.lineSeparator()));
        lines.append("in all ").append(raw.files().size()).append(" files, ").append(Uploads.bytes(raw.bytes()));
        connection.print(lines.toString());
    }
}
