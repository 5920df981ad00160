package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All services start at once; the record of who they are must not make them wait for each other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessesStartSideBySide {
    private static final int AT_ONCE = 8;

    @TempDir
    Path folder;

    @Test
    void without_waiting_for_each_other() throws Exception {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try (var running = new Running(folder)) {
            for (int round = 0; round < 5; round++) {
                var go = new CountDownLatch(1);
                List<Future<Child>> starts = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    String name = "reader-" + round + "-" + i;
                    starts.add(threads.submit(() -> {
                        go.await();
                        return running.children.start(
                                new ChildSpec(name, List.of("cat"), Map.of(), folder.resolve("logs/" + name + ".log")));
                    }));
                }
                go.countDown();
                for (Future<Child> start : starts) {
                    assertThat(start.get(20, TimeUnit.SECONDS).process()).isNotNull();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
