package dev.trmarena.leaderboard.board;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Dollars per hour of devices, from {@code arena.device-prices} ({@code ARENA_DEVICE_PRICES}): pairs of a part of the device's
 * name and a price, as {@code H100 = 2.49, CPU = 0.03}. Of several parts that a name contains the longest counts. Without a price
 * there is no cost; what is not a price ends the start.
 */
@Singleton
@Startup
public class DevicePrices {
    private static final double MILLIS_PER_HOUR = 3_600_000;

    /** Parts of names in lower case, longest first. */
    private final Map<String, Double> perHour = new LinkedHashMap<>();

    @Inject
    DevicePrices(@ConfigProperty(name = "arena.device-prices") Optional<String> prices) {
        this(prices.orElse(""));
    }

    DevicePrices(String prices) {
        Map<String, Double> read = new LinkedHashMap<>();
        for (String pair : prices.split(",", -1)) {
            if (!pair.isBlank()) {
                read(pair, read);
            }
        }
        read.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
                .forEach(entry -> perHour.put(entry.getKey(), entry.getValue()));
    }

    private static void read(String pair, Map<String, Double> into) {
        int equals = pair.lastIndexOf('=');
        String device = pair.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
        double price;
        try {
            price = Double.parseDouble(pair.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
            price = Double.NaN;
        }
        // Double.parseDouble also takes "NaN" and "Infinity".
        if (device.isEmpty() || !(price >= 0 && price < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "arena.device-prices: '" + pair.strip()
                            + "' is not a price; write a part of the device's name and dollars per hour, as in 'H100 = 2.49, CPU = 0.03'");
        }
        into.put(device, price);
    }

    /**
     * @param deviceMillis time of inference by device, as solvers name theirs
     * @return dollars for all of it; empty when nothing ran or a device has no price
     */
    public OptionalDouble dollars(Map<String, Long> deviceMillis) {
        if (deviceMillis.isEmpty() || perHour.isEmpty()) {
            return OptionalDouble.empty();
        }
        double dollars = 0;
        for (var each : deviceMillis.entrySet()) {
            Optional<Double> price = perHour(each.getKey());
            if (price.isEmpty()) {
                return OptionalDouble.empty();
            }
            dollars += price.get() * each.getValue() / MILLIS_PER_HOUR;
        }
        return OptionalDouble.of(dollars);
    }

    private Optional<Double> perHour(String device) {
        String name = device.toLowerCase(Locale.ROOT);
        return perHour.entrySet().stream()
                .filter(entry -> name.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
