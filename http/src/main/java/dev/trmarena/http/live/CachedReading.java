package dev.trmarena.http.live;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Something that costs a query, read again only when it is older than so long: however many gauges show parts of it and
 * however often they are asked, the database is asked once.
 */
public final class CachedReading<T> {
    private static final Logger LOG = Logger.getLogger(CachedReading.class);

    private final Supplier<T> read;
    private final long keepNanos;
    private @Nullable T value;
    private long readAt;
    private boolean everRead;

    /** @param keep how old a reading may be */
    public CachedReading(Duration keep, Supplier<T> read) {
        this.read = read;
        this.keepNanos = keep.toNanos();
    }

    /** A part of it; NaN, which Prometheus shows as a gap, while it cannot be read. */
    public double part(ToDoubleFunction<T> part) {
        T known = get();
        return known == null ? Double.NaN : part.applyAsDouble(known);
    }

    /** All of it; empty while it cannot be read. */
    public Optional<T> value() {
        return Optional.ofNullable(get());
    }

    // A failure is kept as long as a value: nobody waits for a database that is away once for every gauge.
    private synchronized @Nullable T get() {
        if (!everRead || System.nanoTime() - readAt > keepNanos) {
            try {
                value = read.get();
            } catch (RuntimeException e) {
                LOG.debug("cannot be measured", e);
                value = null;
            }
            readAt = System.nanoTime();
            everRead = true;
        }
        return value;
    }
}
