package dev.trmarena.http.start;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** The database, the artifact store and the time, for everyone who asks. */
@ApplicationScoped
class Collaborators {
    @Produces
    @Singleton
    Jdbi jdbi(AgroalDataSource dataSource) {
        return Database.jdbi(dataSource);
    }

    @Produces
    @Singleton
    ArtifactStore store(@ConfigProperty(name = "arena.artifacts") Path root) {
        return new ArtifactStore(root);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
