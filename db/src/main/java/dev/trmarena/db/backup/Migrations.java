package dev.trmarena.db.backup;

import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;

/** Which schema a database has, and which ones this build can make. */
final class Migrations {
    private Migrations() {}

    /** Of the last migration; empty when the database holds no platform. */
    static Optional<String> version(Handle handle) {
        boolean there = handle.createQuery("select to_regclass(:history) is not null")
                .bind("history", SchemaTable.HISTORY)
                .mapTo(Boolean.class)
                .one();
        if (!there) {
            return Optional.empty();
        }
        return handle.createQuery("select version from " + SchemaTable.HISTORY
                        + " where success and version is not null order by installed_rank desc limit 1")
                .mapTo(String.class)
                .findOne();
    }

    /** Of the newest migration that this build has. */
    static String newest(DataSource dataSource) {
        var all = flyway(dataSource, MigrationVersion.LATEST).info().all();
        return all[all.length - 1].getVersion().getVersion();
    }

    /** Negative when the first is older. */
    static int compare(String version, String other) {
        return MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(other));
    }

    static void migrate(DataSource dataSource, String version) {
        flyway(dataSource, MigrationVersion.fromVersion(version)).migrate();
    }

    private static Flyway flyway(DataSource dataSource, MigrationVersion target) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .target(target)
                .load();
    }
}
