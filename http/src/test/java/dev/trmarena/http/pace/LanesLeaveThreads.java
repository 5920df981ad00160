package dev.trmarena.http.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.http.admit.Sender;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one kind of request takes is not what another needs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LanesLeaveThreads {
    @Test
    void however_full_they_are() throws IOException {
        var settings = new Properties();
        try (InputStream in =
                Objects.requireNonNull(getClass().getResourceAsStream("/META-INF/microprofile-config.properties"))) {
            settings.load(in);
        }
        int threads = Integer.parseInt(settings.getProperty("quarkus.thread-pool.max-threads"));
        assertThat(Arrays.stream(Lane.values()).mapToInt(Lane::most).sum())
                .as("beside jobs and health checks")
                .isLessThanOrEqualTo(threads - 20);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PATCH, /api/uploads/1, 5, UPLOADS",
                "POST, /api/uploads, 5, UPLOADS",
                "POST, /api/uploads, 0, COMMANDS",
                "DELETE, /api/uploads/1, 0, COMMANDS",
                "POST, /api/evaluations, 5, WORK",
                "POST, /api/inspections, 5, WORK",
                "POST, /api/fetches, 5, WORK",
                "DELETE, /api/fetches/1, 0, WORK",
                "POST, /api/puzzle-sets, 5, WORK",
                "POST, /api/evaluations/1/cancel, 0, COMMANDS",
                "DELETE, /api/puzzle-sets/a, 0, WORK",
                "PUT, /api/puzzle-sets/a/ranking, 5, COMMANDS",
                "GET, /api/evaluations, 0, READS",
                "HEAD, /api/uploads/1, 0, READS",
                "GET, /api/evaluations/1/events, 0, -",
                "POST, /api/evaluations/1/events, 0, COMMANDS",
                "GET, /assets/a.js, 0, -"
            })
    void each_kind_its_own(String method, String path, String length, @Nullable Lane lane) {
        assertThat(Lane.of(method, path, MultiMap.caseInsensitiveMultiMap().add("Content-Length", length)))
                .isEqualTo(lane);
    }

    @Test
    void nobody_takes_all_places() {
        var places = new LanePlaces(Lane.WORK);
        for (int taken = 0; taken < Lane.WORK.mostOfOne(); taken++) {
            assertThat(places.take("192.0.2.1")).isNull();
        }
        assertThat(Objects.requireNonNull(places.take("192.0.2.1")).problem()).contains("from your address", "6");
        for (int taken = 0; taken < Lane.WORK.mostOfOne(); taken++) {
            assertThat(places.take("192.0.2.2")).isNull();
        }
        assertThat(Objects.requireNonNull(places.take("192.0.2.3")).problem()).contains("as may be, 12");
        places.leave("192.0.2.1");
        assertThat(places.take("192.0.2.3")).isNull();
        places.leave("192.0.2.2");
        assertThat(places.take("192.0.2.1")).isNull();
        assertThat(places.take("192.0.2.1")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:ffff::1, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64"
    })
    void an_address_is_a_sender(String address, String sender) {
        assertThat(new Sender(address).key()).isEqualTo(sender);
    }

    /** Whoever goes away while a thread is busy with it has not made room for the next. */
    @Test
    void a_place_is_free_when_the_answer_has_ended_and_the_work() {
        var free = new AtomicInteger();
        var answeredFirst = new Place(free::incrementAndGet);
        answeredFirst.work();
        answeredFirst.leave();
        assertThat(free).hasValue(0);
        answeredFirst.worked();
        answeredFirst.worked();
        assertThat(free).hasValue(1);
        var workedFirst = new Place(free::incrementAndGet);
        workedFirst.work();
        workedFirst.worked();
        assertThat(free).hasValue(1);
        workedFirst.leave();
        assertThat(free).hasValue(2);
        var nobodyWorked = new Place(free::incrementAndGet);
        nobodyWorked.worked();
        assertThat(free).hasValue(2);
        nobodyWorked.leave();
        assertThat(free).hasValue(3);
    }
}
