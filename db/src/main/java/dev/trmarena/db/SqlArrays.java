package dev.trmarena.db;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Values of rows that JDBC and Jdbi have no method for. */
public final class SqlArrays {
    private SqlArrays() {}

    /** What to bind as a parameter that is an array: a value of each row. */
    public static <T> Object[] of(List<? extends T> rows, Function<T, Object> column) {
        return rows.stream().map(column).toArray();
    }

    /** A {@code text[]}; empty for null. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
