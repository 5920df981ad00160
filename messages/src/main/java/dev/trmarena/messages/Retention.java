package dev.trmarena.messages;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long each of {@link Kept} is kept, and how much of it: one interface for topics, rows, files and logs. Whoever is longer there
 * than that goes, and of more bytes the oldest. Every process of a platform reads the same settings and refuses the same ones, so that
 * none forgets what another one still needs.
 */
public final class Retention {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMGT]?)i?B?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    /** What must be known for at least as long as something else can still be heard. */
    private record Needed(Kept kept, Kept by, String why) {}

    private static final List<Needed> NEEDED = List.of(
            new Needed(Kept.WITHDRAWN, Kept.WORK, "a unit that nobody waits for may be taken for so long"),
            new Needed(Kept.DELIVERIES, Kept.OUTCOMES, "an outcome may come for so long, and would be one of nothing"),
            new Needed(
                    Kept.REMOVED,
                    Kept.OUTCOMES,
                    "an outcome of a removed evaluation may come for so long, and would be one of nothing"),
            new Needed(Kept.REQUESTS, Kept.UPLOADS, "a request may be sent again for as long as its uploads are there"),
            new Needed(Kept.UPLOADS, Kept.UNFINISHED, "the last byte of an upload would shorten its life"));

    private final Map<Kept, Duration> times = new EnumMap<>(Kept.class);
    private final Map<Kept, Long> bytes = new EnumMap<>(Kept.class);

    /**
     * @param setting what is set for a name like {@code arena.retention.outcomes.time} ({@code P30D}, {@code PT2H}) or
     *     {@code arena.retention.outcomes.bytes} ({@code 8G}); null where nothing is
     * @throws IllegalArgumentException naming the setting that cannot be read, or that is less than recovery needs, and what would do
     */
    public Retention(Function<String, @Nullable String> setting) {
        for (Kept kept : Kept.values()) {
            times.put(kept, time(kept, setting));
            bytes.put(kept, bytes(kept, setting));
        }
        for (Needed needed : NEEDED) {
            if (time(needed.kept()).compareTo(time(needed.by())) < 0) {
                throw new IllegalArgumentException(needed.kept().setting() + ".time is " + time(needed.kept())
                        + ", less than the " + time(needed.by()) + " of "
                        + needed.by().setting() + ".time: "
                        + needed.why() + "; set it to as much or more");
            }
        }
    }

    /** Of an environment, where {@code ARENA_RETENTION_OUTCOMES_TIME} is {@code arena.retention.outcomes.time}. */
    public static Retention of(Map<String, String> environment) {
        return new Retention(name -> environment.get(variable(name)));
    }

    /** How long it is kept. */
    public Duration time(Kept kept) {
        return times.getOrDefault(kept, kept.time);
    }

    /** How much of it is kept. */
    public long bytes(Kept kept) {
        return bytes.getOrDefault(kept, kept.bytes);
    }

    /** What is younger than that stays, however many bytes there are: recovery may need it. */
    public Duration needed(Kept kept) {
        return kept.leastTime;
    }

    private static Duration time(Kept kept, Function<String, @Nullable String> setting) {
        String name = kept.setting() + ".time";
        String text = setting.apply(name);
        if (text == null || text.isBlank()) {
            return kept.time;
        }
        try {
            Duration time = Duration.parse(text.strip());
            if (time.compareTo(kept.leastTime) >= 0) {
                return time;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " is " + text + ", which is no time; write it like P30D or PT2H", e);
        }
        throw new IllegalArgumentException(
                name + " is " + text + ", less than recovery needs; set it to " + kept.leastTime + " or more");
    }

    private static long bytes(Kept kept, Function<String, @Nullable String> setting) {
        String name = kept.setting() + ".bytes";
        String text = setting.apply(name);
        if (text == null || text.isBlank()) {
            return kept.bytes;
        }
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new IllegalArgumentException(name + " is " + text + ", which is no size; write it like 256M or 8G");
        }
        String unit = size.group(2).toUpperCase(Locale.ROOT);
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        long count = Long.parseLong(size.group(1));
        long bytes = count > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : count << shift;
        if (bytes < kept.leastBytes) {
            throw new IllegalArgumentException(
                    name + " is " + text + ", less than recovery needs; set it to " + kept.leastBytes + " or more");
        }
        return bytes;
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
