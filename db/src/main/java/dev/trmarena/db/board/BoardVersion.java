package dev.trmarena.db.board;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all boards of a puzzle set follow from: two that are equal stand for equal boards. A finished evaluation, its scores and
 * its units never change again, so that counting them is enough; that they are counted, and not only the newest looked for, is
 * because transactions become visible in another order than they began.
 *
 * @param set id of the puzzle set
 * @param manifest digest of what the set is
 * @param ranking the metric that it was given; null for the main one of its kind
 * @param evaluations on it, whatever their state
 * @param finished of these
 * @param lastFinished when the newest of them finished; null when there is none
 * @param agreements between repeats that finished
 * @param lastPublished when results that others published were imported last; null when they never were
 * @param withoutManifest digest of the set whose tasks are left out; null when none are, or there is no such set
 */
public record BoardVersion(
        UUID set,
        String manifest,
        @Nullable String ranking,
        long evaluations,
        long finished,
        @Nullable Instant lastFinished,
        long agreements,
        @Nullable Instant lastPublished,
        @Nullable String withoutManifest) {}
