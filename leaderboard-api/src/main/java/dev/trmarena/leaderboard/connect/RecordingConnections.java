package dev.trmarena.leaderboard.connect;

import dev.trmarena.db.Database;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** See {@link Recording}. */
@ApplicationScoped
class RecordingConnections {
    @Produces
    @Singleton
    @Recording
    Jdbi jdbi(@DataSource("recording") AgroalDataSource dataSource) {
        return Database.jdbi(dataSource);
    }
}
