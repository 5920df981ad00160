package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means, among others: an upload has somewhere to go. */
@Readiness
@ApplicationScoped
class StoreIsWritable implements HealthCheck {
    private final ArtifactStore store;

    StoreIsWritable(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("the store is writable");
        try {
            store.tryWriting();
            return response.up().build();
        } catch (IOException e) {
            return response.down().withData("problem", e.toString()).build();
        }
    }
}
