package dev.trmarena.ingest.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.db.RiskyWork.Kind;
import dev.trmarena.http.pace.Lane;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.ReadLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many as may come at once are done one after the other where together they would fill the heap. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkKeepsWithinItsMemory {
    private static final long MEBIBYTE = 1 << 20;

    /** That of ingest, as the launcher starts it. */
    private static final long HEAP = 256 * MEBIBYTE;

    private static final long MOST = defaults().memory().asLongValue();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    @Test
    void whatever_kind_it_is() throws InterruptedException {
        for (Kind kind : List.of(Kind.INSPECT, Kind.VALUES, Kind.PLAN, Kind.IMPORT, Kind.ANSWERS)) {
            long bytes = WorkMemory.of(kind, Long.MAX_VALUE);
            var memory = new WorkMemory(defaults());
            var held = new AtomicLong();
            var done = new AtomicLong();
            var go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int request = 0; request < Lane.WORK.most(); request++) {
                var thread = new Thread(() -> memory.with(bytes, () -> {
                    held.addAndGet(bytes);
                    waitFor(go);
                    held.addAndGet(-bytes);
                    return done.incrementAndGet();
                }));
                threads.add(thread);
                thread.start();
            }
            await().until(() -> threads.stream()
                    .allMatch(each ->
                            each.getState() == Thread.State.WAITING || each.getState() == Thread.State.TIMED_WAITING));
            assertThat(held.get()).as(kind + " at once").isBetween(bytes, MOST);
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(done).hasValue(Lane.WORK.most());
        }
    }

    @Test
    void and_leaves_room_for_everything_else() {
        assertThat(MOST + 32 * MEBIBYTE).as("with the sets that are open").isLessThan(HEAP * 3 / 4);
        assertThat(WorkMemory.of(Kind.IMPORT, Long.MAX_VALUE) + WorkMemory.of(Kind.INSPECT, Long.MAX_VALUE))
                .as("the largest import stops no inspection")
                .isLessThan(MOST);
        assertThat(WorkMemory.of(Kind.IMPORT, 1)).isLessThan(MOST / Lane.WORK.most());
    }

    /** Four of these at once ended the service, when nothing was reserved for them. */
    @Test
    void the_largest_header_of_safetensors_takes_no_more_than_an_inspection_may() throws IOException {
        var header = new StringBuilder("{");
        while (header.length() < ReadLimits.SAFETENSORS_HEADER_BYTES - 1000) {
            header.append(header.length() == 1 ? "" : ",")
                    .append('"')
                    .append("n".repeat(540))
                    .append(header.length())
                    .append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(
                folder.resolve("large.safetensors"),
                bytes.putLong(text.length).put(text).array());
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            assertThat(open.tensors()).hasSizeGreaterThan(6_000);
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("bytes that reading it took, held or not")
                .isBetween(ReadLimits.SAFETENSORS_HEADER_BYTES, WorkMemory.of(Kind.INSPECT, text.length));
    }

    @Test
    void whoever_waits_too_long_is_told_to_come_back() throws InterruptedException {
        var memory = new WorkMemory(config(MOST, Duration.ofMillis(1)));
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var large = new Thread(() -> memory.with(Long.MAX_VALUE, () -> {
            begun.countDown();
            waitFor(go);
            return 0;
        }));
        large.start();
        waitFor(begun);
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> memory.with(1, () -> 0));
        assertThat(refusal.problem().status()).isEqualTo(503);
        go.countDown();
        large.join();
        assertThat(memory.<String>with(1, () -> memory.with(Long.MAX_VALUE, () -> "work within work")))
                .isEqualTo("work within work");
        assertThat(memory.<Integer>with(Long.MAX_VALUE, () -> 1))
                .as("all was given back")
                .isOne();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReadingConfig defaults() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ReadingConfig.class)
                .build()
                .getConfigMapping(ReadingConfig.class);
    }

    private static ReadingConfig config(long most, Duration wait) {
        return new ReadingConfig() {
            @Override
            public MemorySize memory() {
                return new MemorySize(BigInteger.valueOf(most));
            }

            @Override
            public Duration patience() {
                return wait;
            }
        };
    }
}
