package dev.trmarena.leaderboard.download;

import dev.trmarena.http.refuse.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * So many downloads go on at once, each of which keeps one piece in memory. When all places are taken, whoever comes gets the
 * one of the reader who has not taken a piece for longest, if that is long enough; else they are asked to come again.
 */
@Singleton
class DownloadPlaces {
    static final int MOST = 64;
    static final Duration STUCK = Duration.ofMinutes(2);

    private final LongSupplier nanoTime;
    private final List<Place> taken = new ArrayList<>();

    @Inject
    DownloadPlaces() {
        this(System::nanoTime);
    }

    DownloadPlaces(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * @param cutOff ends the download of whoever takes this place, should another one get it
     * @throws Refusal 503 when all are taken by readers who read
     */
    Place take(Runnable cutOff) {
        var place = new Place(cutOff);
        Optional<Place> freed;
        synchronized (taken) {
            freed = taken.size() < MOST ? Optional.empty() : Optional.of(longestStuck());
            freed.ifPresent(taken::remove);
            taken.add(place);
        }
        freed.ifPresent(stuck -> stuck.cutOff.run());
        return place;
    }

    private Place longestStuck() {
        long now = nanoTime.getAsLong();
        return taken.stream()
                .max(Comparator.comparingLong(place -> now - place.lastPiece))
                .filter(place -> now - place.lastPiece > STUCK.toNanos())
                .orElseThrow(() -> new Refusal(
                        503, "there are " + MOST + " downloads going on, as many as may", "try again in a moment"));
    }

    int taken() {
        synchronized (taken) {
            return taken.size();
        }
    }

    /** Of one download. */
    final class Place {
        private final Runnable cutOff;
        private volatile long lastPiece = nanoTime.getAsLong();

        private Place(Runnable cutOff) {
            this.cutOff = cutOff;
        }

        /** The reader has taken what was made, and gets the next piece. */
        void goesOn() {
            lastPiece = nanoTime.getAsLong();
        }

        void leave() {
            synchronized (taken) {
                taken.remove(this);
            }
        }
    }
}
