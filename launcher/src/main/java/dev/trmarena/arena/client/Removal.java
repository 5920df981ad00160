package dev.trmarena.arena.client;

import java.util.List;

/**
 * What goes.
 *
 * @param models names that nothing is left of
 * @param bytes of files that nobody else needs
 */
public record Removal(
        int evaluations, int running, List<String> models, int checkpoints, boolean puzzleSet, long bytes) {}
