package dev.trmarena.db;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Values of a row that JDBC has no method for. */
public final class Columns {
    private Columns() {}

    /** A {@code text[]}; empty for null. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
