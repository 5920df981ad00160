package dev.trmarena.puzzles.build;

/** Told how far a build is. Called often, from one thread at a time. */
@FunctionalInterface
public interface BuildProgress {
    BuildProgress SILENT = (stage, fraction, text) -> {};

    /**
     * @param stage what is being done, in a word or two
     * @param fraction of this stage, 0 to 1
     * @param text how far, in numbers
     */
    void at(String stage, double fraction, String text);
}
