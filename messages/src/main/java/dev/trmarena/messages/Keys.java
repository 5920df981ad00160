package dev.trmarena.messages;

import dev.trmarena.limits.Quote;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How constants of an enum are written in messages, tables and the API: in lower case, {@code solver_ended}. */
public final class Keys {
    private Keys() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those there are */
    public static <E extends Enum<E>> E constant(Class<E> type, String key) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(each -> of(each).equals(key))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("'" + Quote.of(key) + "' is none of "
                        + Arrays.stream(all).map(Keys::of).collect(Collectors.joining(", "))));
    }
}
