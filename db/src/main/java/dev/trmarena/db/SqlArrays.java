package dev.trmarena.db;

import java.util.List;
import java.util.function.Function;

/** Parameters that are arrays. */
public final class SqlArrays {
    private SqlArrays() {}

    /** What to bind as a parameter that is an array: a value of each row. */
    public static <T> Object[] of(List<? extends T> rows, Function<T, Object> column) {
        return rows.stream().map(column).toArray();
    }
}
