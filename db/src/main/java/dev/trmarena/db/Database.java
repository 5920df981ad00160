package dev.trmarena.db;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The one place where Jdbi is set up, so that every process and every test reads and writes the same way. */
public final class Database {
    private Database() {}

    /** Jdbi on a migrated database; opens no connection by itself. */
    public static Jdbi jdbi(DataSource dataSource) {
        return Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
    }
}
