package dev.trmarena.http.live;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Ready means, among others: the database answers a query. */
@Readiness
@ApplicationScoped
class DatabaseAnswers implements HealthCheck {
    private final Jdbi jdbi;

    DatabaseAnswers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("the database answers");
        try {
            jdbi.useHandle(handle -> handle.execute("select 1"));
            return response.up().build();
        } catch (JdbiException e) {
            return response.down()
                    .withData("problem", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
