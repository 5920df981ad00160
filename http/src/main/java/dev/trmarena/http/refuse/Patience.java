package dev.trmarena.http.refuse;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long trouble is borne, with each thing for itself: it is tried again less and less often, and given up when the time is over
 * that began with its first trouble. Kept in memory: a process that is started again begins anew.
 *
 * @param <K> what there may be trouble with
 */
public final class Patience<K> {
    /** So often at least, whatever the time: a process that stood still must not give up what it hardly tried. */
    private static final int LEAST_TRIES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Duration bound;
    private final Map<K, Story> stories = new HashMap<>();

    private static final class Story {
        private final long began = System.nanoTime();
        private int tries;
        private long next = began;
    }

    /** @param bound from the first trouble with a thing until it is given up */
    public Patience(Duration bound) {
        this.bound = bound;
    }

    /** Whether it is time to try it, as it is when there was no trouble with it. */
    public synchronized boolean mayTry(K thing) {
        Story story = stories.get(thing);
        return story == null || System.nanoTime() - story.next >= 0;
    }

    /** There was trouble with it. @return how often by now */
    public synchronized int trouble(K thing) {
        Story story = stories.computeIfAbsent(thing, key -> new Story());
        story.tries++;
        long pause =
                FIRST_PAUSE.multipliedBy(1L << Math.min(story.tries - 1, 10)).toNanos();
        story.next = System.nanoTime() + Math.min(pause, LONGEST_PAUSE.toNanos());
        return story.tries;
    }

    /** Whether it was tried long and often enough. */
    public synchronized boolean isOver(K thing) {
        Story story = stories.get(thing);
        return story != null && story.tries >= LEAST_TRIES && System.nanoTime() - story.began >= bound.toNanos();
    }

    /** There is none any more, or nobody waits for it any more. */
    public synchronized void end(K thing) {
        stories.remove(thing);
    }
}
