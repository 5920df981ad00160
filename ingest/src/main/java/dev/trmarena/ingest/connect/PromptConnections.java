package dev.trmarena.ingest.connect;

import dev.trmarena.db.Database;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** See {@link Prompt}. */
@ApplicationScoped
class PromptConnections {
    @Produces
    @Singleton
    @Prompt
    Jdbi jdbi(@DataSource("prompt") AgroalDataSource dataSource) {
        return Database.jdbi(dataSource);
    }
}
