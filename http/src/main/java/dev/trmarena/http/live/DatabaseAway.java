package dev.trmarena.http.live;

import io.agroal.api.AgroalDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Whether the database does not answer, asked by a thread of its own: it may hang, and one question is asked at a time. */
@ApplicationScoped
class DatabaseAway {
    private static final Logger LOG = Logger.getLogger(DatabaseAway.class);
    private static final int PATIENCE_SECONDS = 3;

    private final AgroalDataSource database;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread asking = new Thread(task, "database-away");
        asking.setDaemon(true);
        return asking;
    });
    private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(false);

    DatabaseAway(AgroalDataSource database) {
        this.database = database;
    }

    /** True as well when there is no answer within seconds. */
    Uni<Boolean> asked() {
        return Uni.createFrom()
                .completionStage(() -> ask().copy().completeOnTimeout(true, PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private synchronized CompletableFuture<Boolean> ask() {
        if (last.isDone()) {
            last = CompletableFuture.supplyAsync(this::away, thread);
        }
        return last;
    }

    private boolean away() {
        try (Connection connection = database.getConnection()) {
            return !connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            LOG.debug("the database is away", e);
            return true;
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }
}
