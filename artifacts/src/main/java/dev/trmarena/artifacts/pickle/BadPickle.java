package dev.trmarena.artifacts.pickle;

import org.jspecify.annotations.Nullable;

/** The file is not a state dict written by {@code torch.save}, or holds something a state dict does not need. */
public final class BadPickle extends Exception {
    private static final long serialVersionUID = 1;

    private final String place;
    private final @Nullable String remedy;

    public BadPickle(String place, String problem) {
        this(place, problem, null);
    }

    /** @param remedy null where there is no other than to save the weights in another way */
    public BadPickle(String place, String problem, @Nullable String remedy) {
        super(problem);
        this.place = place;
        this.remedy = remedy;
    }

    /** What to do; null where there is nothing to say of this problem alone. */
    public @Nullable String remedy() {
        return remedy;
    }

    /** Where: an entry of the zip, often with a byte position. */
    public String place() {
        return place;
    }
}
