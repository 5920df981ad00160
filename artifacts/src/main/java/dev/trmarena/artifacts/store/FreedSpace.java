package dev.trmarena.artifacts.store;

/**
 * What was removed.
 *
 * @param files how many
 * @param bytes their lengths together
 */
public record FreedSpace(int files, long bytes) {
    public static final FreedSpace NOTHING = new FreedSpace(0, 0);

    public FreedSpace plus(FreedSpace other) {
        return new FreedSpace(files + other.files, bytes + other.bytes);
    }
}
