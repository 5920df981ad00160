package dev.trmarena.leaderboard.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ATaskCostsWhatItsDevicesDo {
    private static final String H100 = "NVIDIA H100 80GB HBM3";
    private static final String CPU = "CPU Intel(R) Xeon(R) Processor, 2 threads";

    @Test
    void over_all_devices_that_took_part() {
        var prices = new DevicePrices("H100 = 2.49, CPU=0.36");
        assertThat(prices.dollars(Map.of(H100, 3_600_000L, CPU, 1_800_000L)).getAsDouble())
                .isCloseTo(2.49 + 0.18, within(1e-12));
    }

    @Test
    void the_longest_part_of_a_name_counts() {
        var prices = new DevicePrices("nvidia=1, NVIDIA H100=3, h100=2");
        assertThat(prices.dollars(Map.of(H100, 3_600_000L)).getAsDouble()).isEqualTo(3);
    }

    @Test
    void no_price_no_cost() {
        assertThat(new DevicePrices("").dollars(Map.of(CPU, 10L))).isEmpty();
        var prices = new DevicePrices("H100=2.49");
        assertThat(prices.dollars(Map.of(H100, 10L, CPU, 10L)))
                .as("one of two has none")
                .isEmpty();
        assertThat(prices.dollars(Map.of("", 10L))).as("an unknown device").isEmpty();
        assertThat(prices.dollars(Map.of())).as("nothing ran").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H100", "H100=", "=2", "H100=dear", "H100=-1", "H100=NaN", "H100=Infinity"})
    void what_is_not_a_price_is_named(String setting) {
        assertThatThrownBy(() -> new DevicePrices("CPU=1, " + setting))
                .hasMessageContaining("'" + setting + "' is not a price")
                .hasMessageContaining("H100 = 2.49, CPU = 0.03");
    }
}
