package dev.trmarena.arena.command;

import dev.trmarena.arena.client.Fetch;
import dev.trmarena.arena.client.FetchFromHub;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A bar for each file that a platform fetches. */
final class Fetches implements FetchFromHub.Progress {
    private final PrintStream out;
    private @Nullable Terminal bar;

    Fetches(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(Fetch fetch) {
        Terminal shown = bar;
        if (shown == null) {
            shown = new Terminal(out, "fetching " + fetch.fileName());
            bar = shown;
        }
        String waits = fetch.state() == Fetch.State.WAITING ? ", waiting" : "";
        shown.show(
                (double) fetch.offset() / fetch.bytes(),
                Uploads.bytes(fetch.offset()) + " of " + Uploads.bytes(fetch.bytes()) + waits);
    }

    @Override
    public void done(Fetch fetch) {
        if (bar != null) {
            bar.done();
            bar = null;
        }
    }
}
