package dev.trmarena.http.live;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import dev.trmarena.loops.Loops;
import dev.trmarena.traces.Traces;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** The database, the artifact store, the time, the loops and the traces, for everyone who asks. */
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

    @Produces
    @Singleton
    Loops loops() {
        return new Loops();
    }

    @Produces
    @Singleton
    Traces traces(
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "arena.otlp") Optional<String> endpoint) {
        return Traces.of(service, endpoint.orElse(null));
    }

    void close(@Disposes Traces traces) {
        traces.close();
    }
}
