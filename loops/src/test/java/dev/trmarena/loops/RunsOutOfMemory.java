package dev.trmarena.loops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process with a loop whose second turn finds no memory. */
final class RunsOutOfMemory {
    private RunsOutOfMemory() {}

    public static void main(String[] args) throws InterruptedException {
        var turns = new java.util.concurrent.atomic.AtomicInteger();
        new Loops()
                .loop("hungry", "remember everything", Duration.ofSeconds(10), () -> {
                    if (turns.incrementAndGet() == 2) {
                        throw new OutOfMemoryError("made by the test");
                    }
                    return Duration.ZERO;
                })
                .start();
        // Nothing else would ever end it.
        new CountDownLatch(1).await();
    }
}
