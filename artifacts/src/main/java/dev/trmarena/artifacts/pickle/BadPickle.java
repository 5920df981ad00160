package dev.trmarena.artifacts.pickle;

/** The file is not a state dict written by {@code torch.save}, or holds something a state dict does not need. */
public final class BadPickle extends Exception {
    private static final long serialVersionUID = 1;

    private final String place;

    public BadPickle(String place, String problem) {
        super(problem);
        this.place = place;
    }

    /** Where: an entry of the zip, often with a byte position. */
    public String place() {
        return place;
    }
}
