package dev.trmarena.leaderboard.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.http.refuse.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What downloads keep in memory is bounded by their number, and nobody keeps a place without reading. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DownloadsHaveAsManyPlacesAsTheyMay {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final DownloadPlaces places = new DownloadPlaces(nanos::get);
    private final List<Integer> cutOff = new ArrayList<>();

    @Test
    void one_more_is_asked_to_come_again() {
        List<DownloadPlaces.Place> all = takeAll();
        assertThatThrownBy(() -> places.take(() -> {})).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(
                        refusal.problem().status())
                .isEqualTo(503));
        all.get(3).leave();
        assertThat(places.take(() -> {})).isNotNull();
    }

    @Test
    void who_has_not_read_for_long_makes_room_for_who_comes() {
        List<DownloadPlaces.Place> all = takeAll();
        pass(DownloadPlaces.STUCK);
        all.stream().filter(place -> place != all.get(7) && place != all.get(9)).forEach(DownloadPlaces.Place::goesOn);
        pass(Duration.ofSeconds(1));
        places.take(() -> {});
        places.take(() -> {});
        assertThat(cutOff).containsExactlyInAnyOrder(7, 9);
        // All the others read, however slowly.
        assertThatThrownBy(() -> places.take(() -> {})).isInstanceOf(Refusal.class);
        // Whoever was cut off leaves, which frees nobody else's place.
        all.get(7).leave();
        assertThat(places.taken()).isEqualTo(DownloadPlaces.MOST);
    }

    @Test
    void nobody_is_cut_off_while_there_is_room() {
        takeAll().get(0).leave();
        pass(DownloadPlaces.STUCK.multipliedBy(2));
        places.take(() -> {});
        assertThat(cutOff).isEmpty();
    }

    private List<DownloadPlaces.Place> takeAll() {
        return IntStream.range(0, DownloadPlaces.MOST)
                .mapToObj(which -> places.take(() -> cutOff.add(which)))
                .toList();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
