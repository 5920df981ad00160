package dev.trmarena.http.refuse;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.limits.Quote;
import org.jdbi.v3.core.Handle;

/** The answer to a name that no puzzle set has. */
public final class UnknownPuzzleSet {
    private static final int NOT_FOUND = 404;

    private UnknownPuzzleSet() {}

    /** Says how to import one, and which there are. */
    public static Refusal named(Handle handle, String name) {
        var known = ReadPuzzleSets.all(handle).stream().map(PuzzleSetView::name).toList();
        return new Refusal(
                NOT_FOUND,
                "there is no puzzle set '" + Quote.of(name) + "'",
                "import it with `./arena puzzles import " + name + " PATH`"
                        + (known.isEmpty() ? "" : ", or use one of: " + String.join(", ", known)));
    }
}
