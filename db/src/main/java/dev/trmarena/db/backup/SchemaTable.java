package dev.trmarena.db.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * A table as the database has it.
 *
 * @param columns whose values are written; those that the database computes from others are not
 */
record SchemaTable(String name, List<String> columns) {
    /** Flyway's own: the schema of a database is made by its migrations, never copied. */
    static final String HISTORY = "flyway_schema_history";

    SchemaTable {
        columns = List.copyOf(columns);
    }

    /** Every table of the schema but Flyway's, each after those that its foreign keys name. */
    static List<SchemaTable> all(Handle handle) {
        Map<String, SchemaTable> tables = new LinkedHashMap<>();
        handle.createQuery("""
                        select t.relname as name, array_agg(a.attname::text order by a.attnum) as columns
                        from pg_class t join pg_attribute a on a.attrelid = t.oid
                        where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r' and t.relname <> :history
                          and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                        group by t.relname order by t.relname""")
                .bind("history", HISTORY)
                .map((row, context) -> new SchemaTable(row.getString("name"), List.of((String[])
                        row.getArray("columns").getArray())))
                .forEach(table -> tables.put(table.name(), table));
        return inOrder(tables, needs(handle));
    }

    private record Need(String table, String needed) {}

    /** Foreign keys. One of a table to itself is looked at when all of its rows are there. */
    private static Map<String, Set<String>> needs(Handle handle) {
        return handle.createQuery("""
                        select t.relname as "table", n.relname as needed
                        from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class n on n.oid = c.confrelid
                        where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and t.oid <> n.oid""").mapTo(Need.class).stream()
                .collect(Collectors.groupingBy(Need::table, Collectors.mapping(Need::needed, Collectors.toSet())));
    }

    private static List<SchemaTable> inOrder(Map<String, SchemaTable> tables, Map<String, Set<String>> needs) {
        List<SchemaTable> ordered = new ArrayList<>();
        Set<String> left = new TreeSet<>(tables.keySet());
        while (!left.isEmpty()) {
            List<String> next = left.stream()
                    .filter(table ->
                            needs.getOrDefault(table, Set.of()).stream().noneMatch(left::contains))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables whose foreign keys name each other: " + left);
            }
            next.forEach(table -> ordered.add(tables.get(table)));
            next.forEach(left::remove);
        }
        return ordered;
    }

    /** For {@code copy}: {@code "evaluation" ("id", "model")}. */
    String quoted() {
        return quoted(name) + columns.stream().map(SchemaTable::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
