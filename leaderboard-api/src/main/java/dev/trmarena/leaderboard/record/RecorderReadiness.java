package dev.trmarena.leaderboard.record;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means, among others: outcomes become rows. */
@Readiness
@ApplicationScoped
class RecorderReadiness implements HealthCheck {
    private final RecorderProgress progress;

    RecorderReadiness(RecorderProgress progress) {
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("the recorder consumes")
                .status(progress.consuming())
                .build();
    }
}
