package dev.trmarena.http.live;

import dev.trmarena.loops.Loops;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live means: every loop gets on. One that stands still while the database does not answer waits for it, and a restart would
 * mend nothing. Answered without a thread of the pool for requests, which may all be waiting for the database.
 */
@Liveness
@ApplicationScoped
class LoopLiveness implements AsyncHealthCheck {
    private final Loops loops;
    private final DatabaseAway databaseAway;

    LoopLiveness(Loops loops, DatabaseAway databaseAway) {
        this.loops = loops;
        this.databaseAway = databaseAway;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        List<String> troubles = loops.troubles();
        return troubles.isEmpty()
                ? Uni.createFrom().item(response(true, troubles))
                : databaseAway.asked().map(away -> response(away, troubles));
    }

    private static HealthCheckResponse response(boolean live, List<String> troubles) {
        var response = HealthCheckResponse.named("the loops make progress").status(live);
        return troubles.isEmpty()
                ? response.build()
                : response.withData("standing still", String.join("; ", troubles))
                        .build();
    }
}
