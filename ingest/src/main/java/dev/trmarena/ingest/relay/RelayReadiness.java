package dev.trmarena.ingest.relay;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means, among others: the relay looks into the outbox again and again. That Kafka takes what it finds there is not
 * asked for: what comes in meanwhile is safe, and the age of the outbox shows it.
 */
@Readiness
@ApplicationScoped
class RelayReadiness implements HealthCheck {
    private final OutboxRelay relay;

    RelayReadiness(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("the relay lives")
                .status(relay.lives())
                .build();
    }
}
