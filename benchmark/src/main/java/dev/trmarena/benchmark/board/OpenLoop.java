package dev.trmarena.benchmark.board;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at fixed times over connections that stay open. A request is late from the moment at which it should have been sent,
 * so that a server that stalls cannot hide the requests that wait meanwhile.
 */
final class OpenLoop {
    private static final int NO_ANSWER = 0;
    private static final long PATIENCE_SECONDS = 90;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param statuses how many answers of each; 0 for requests without one @param bytes of all bodies, as they travelled */
    record Result(double[] sortedMillis, Map<Integer, Long> statuses, long bytes, long unanswered) {
        double percentile(double share) {
            int index = (int) Math.ceil(share * sortedMillis.length) - 1;
            return sortedMillis[Math.max(0, index)];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms; %d answers, statuses %s, %d still open, %d bytes each",
                    percentile(0.5),
                    percentile(0.9),
                    percentile(0.99),
                    percentile(1),
                    sortedMillis.length,
                    statuses,
                    unanswered,
                    bytes / Math.max(1, sortedMillis.length));
        }
    }

    /** One request, and how long it took. @return the ETag of its answer, if it has one */
    Optional<String> first(HttpRequest request) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        System.out.printf(
                Locale.ROOT,
                "the first answer: %d, %d bytes, %.1f ms%n",
                answer.statusCode(),
                answer.body().length,
                (System.nanoTime() - begun) / 1e6);
        return answer.headers().firstValue("ETag");
    }

    /** Those that are still open long after the last was sent count as {@code unanswered}, and in the times with what they took. */
    Result run(HttpRequest request, int rate, int seconds) throws InterruptedException {
        int count = rate * seconds;
        if (count == 0) {
            return new Result(new double[] {0}, Map.of(), 0, 0);
        }
        var nanos = new long[count];
        var statuses = new ConcurrentSkipListMap<Integer, Long>();
        var bytes = new AtomicLong();
        var open = new CountDownLatch(count);
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long scheduled = begun + i * (1_000_000_000L / rate);
            for (long wait; (wait = scheduled - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(wait);
            }
            int index = i;
            client.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, trouble) -> {
                nanos[index] = System.nanoTime() - scheduled;
                bytes.addAndGet(answer == null ? 0 : answer.body().length);
                statuses.merge(answer == null ? NO_ANSWER : answer.statusCode(), 1L, Long::sum);
                open.countDown();
            });
        }
        boolean all = open.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long now = System.nanoTime();
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long scheduled = begun + i * (1_000_000_000L / rate);
            millis[i] = (nanos[i] == 0 ? now - scheduled : nanos[i]) / 1e6;
        }
        Arrays.sort(millis);
        return new Result(millis, statuses, bytes.get(), all ? 0 : open.getCount());
    }
}
