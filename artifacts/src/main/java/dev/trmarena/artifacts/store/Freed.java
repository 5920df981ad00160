package dev.trmarena.artifacts.store;

/**
 * What was removed.
 *
 * @param files how many
 * @param bytes their lengths together
 */
public record Freed(int files, long bytes) {
    public static final Freed NOTHING = new Freed(0, 0);

    public Freed plus(Freed other) {
        return new Freed(files + other.files, bytes + other.bytes);
    }
}
