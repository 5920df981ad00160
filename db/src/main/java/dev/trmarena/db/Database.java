package dev.trmarena.db;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.StepHistory;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.jackson2.Jackson2Config;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The one place where Jdbi is set up, so that every process and every test reads and writes the same way: a row is a record, see
 * {@link RecordRows}; an enum is its key, see {@link EnumKeys}; a component with {@code @Json} is a column of JSON.
 */
public final class Database {
    private Database() {}

    /** Jdbi on a migrated database; opens no connection by itself. */
    public static Jdbi jdbi(DataSource dataSource) {
        Jdbi jdbi = Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .installPlugin(new Jackson2Plugin())
                .registerRowMapper(new RecordRows())
                .registerColumnMapper(new EnumKeys())
                .registerArgument(new EnumKeys.Arguments())
                .registerColumnMapper(Protocol.class, (row, column, context) -> {
                    String key = row.getString(column);
                    return key == null ? null : Protocol.parse(key);
                })
                .registerColumnMapper(StepHistory.class, (row, column, context) -> {
                    byte[] bytes = row.getBytes(column);
                    return bytes == null ? null : StepHistory.of(bytes);
                });
        // Here, or each statement would make one of its own.
        jdbi.getConfig(Jackson2Config.class).setMapper(new ObjectMapper());
        return jdbi;
    }
}
