package dev.trmarena.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything has a time and bytes, in one place; nothing is forgotten of which something may still be heard. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingIsForgottenTooEarly {
    @ParameterizedTest
    @EnumSource
    void each_has_a_time_and_bytes_no_less_than_recovery_needs(Kept kept) {
        Retention defaults = Retention.of(Map.of());
        assertThat(defaults.time(kept)).isPositive().isGreaterThanOrEqualTo(defaults.needed(kept));
        assertThat(defaults.bytes(kept)).isPositive().isGreaterThanOrEqualTo(kept.leastBytes);
    }

    @Test
    void a_setting_is_the_same_for_the_services_and_for_the_command_line() {
        Retention services = new Retention(
                Map.of("arena.retention.solver-ends.time", "P10D", "arena.retention.solver-ends.bytes", "64M")::get);
        Retention commands = Retention.of(
                Map.of("ARENA_RETENTION_SOLVER_ENDS_TIME", "P10D", "ARENA_RETENTION_SOLVER_ENDS_BYTES", "64m"));
        for (Retention each : List.of(services, commands)) {
            assertThat(each.time(Kept.SOLVER_ENDS)).isEqualTo(Duration.ofDays(10));
            assertThat(each.bytes(Kept.SOLVER_ENDS)).isEqualTo(64 << 20);
            assertThat(each.time(Kept.WORK)).isEqualTo(Duration.ofDays(7));
        }
        assertThat(new Retention(Map.of("arena.retention.uploads.bytes", "9000000T")::get).bytes(Kept.UPLOADS))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "removed.time,P29D,less than the PT720H of arena.retention.outcomes.time",
        "deliveries.time,P29D,less than the PT720H of arena.retention.outcomes.time",
        "outcomes.time,P61D,arena.retention.removed.time is PT1440H",
        "withdrawn.time,P6D,less than the PT168H of arena.retention.work.time",
        "uploads.time,P2D,arena.retention.requests.time is PT24H",
        "unfinished.time,P2D,arena.retention.uploads.time is PT24H",
        "work.time,PT1H,set it to PT24H or more",
        "heartbeats.time,PT1M,set it to PT10M or more",
        "outcomes.bytes,1M,set it to 268435456 or more",
        "quarantined.bytes,0,set it to 1048576 or more",
        "quarantined.bytes,much,write it like 256M or 8G",
        "quarantined.time,30 days,write it like P30D or PT2H",
        "quarantined.time,-P1D,set it to PT0S or more",
    })
    void less_is_refused_by_its_name_with_what_would_do(String name, String value, String said) {
        assertThatThrownBy(() -> new Retention(Map.of("arena.retention." + name, value)::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void the_table_for_people_says_the_same() throws IOException {
        String table = Files.readString(Path.of(System.getProperty("arena.root", ".."), "docs/retention.md"));
        Retention defaults = Retention.of(Map.of());
        List<String> rows = new ArrayList<>();
        for (Kept kept : Kept.values()) {
            rows.add("| `" + kept.setting() + "` | " + time(defaults.time(kept)) + " | " + bytes(defaults.bytes(kept))
                    + " | " + time(kept.leastTime) + ", " + bytes(kept.leastBytes) + " |");
        }
        assertThat(table.lines()
                        .filter(line -> line.contains("`arena.retention."))
                        .map(line -> line.substring(line.indexOf("| `arena."))))
                .containsExactlyElementsOf(rows);
    }

    private static String time(Duration time) {
        if (time.isZero()) {
            return "0";
        }
        return time.toHours() >= 24
                ? time.toDays() + " d"
                : time.toHours() > 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    private static String bytes(long bytes) {
        return bytes >= 1 << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}
