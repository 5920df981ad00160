package dev.trmarena.artifacts.archive;

import org.jspecify.annotations.Nullable;

/** An archive that cannot be used, or that would cost more than an honest one does. */
public final class BadArchive extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable String place;
    private final String remedy;

    public BadArchive(@Nullable String place, String problem, String remedy) {
        super(problem);
        this.place = place;
        this.remedy = remedy;
    }

    /** Which entry; null when it is about the whole archive. */
    public @Nullable String place() {
        return place;
    }

    public String remedy() {
        return remedy;
    }
}
