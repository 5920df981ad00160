package dev.trmarena.ingest.adapt;

import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.adapt.AdaptationStages.Done;
import dev.trmarena.db.adapt.AdaptationStages.Keeps;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.inspect.AcceptCheckpoint;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes a checkpoint of the platform of what solvers have adapted, so that the units of its evaluation may begin; looks whether what they
 * kept is there, for whoever goes on needs it; and deletes what nobody needs any more.
 */
@ApplicationScoped
public class TakeInAdapted {
    private static final Logger LOG = Logger.getLogger(TakeInAdapted.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration TIDY = Duration.ofMinutes(1);

    /** Of weights of gigabytes, which are read thrice. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final AdaptationFolders folders;
    private final AcceptCheckpoint acceptCheckpoint;
    private final StoreFiles storeFiles;
    private final Dispatcher dispatcher;
    private final Retention retention;
    private final Jdbi jdbi;
    private final Clock clock;
    private final PollingLoop loop;
    private long tidied = System.nanoTime() - TIDY.toNanos();

    TakeInAdapted(
            AdaptationFolders folders,
            AcceptCheckpoint acceptCheckpoint,
            StoreFiles storeFiles,
            Dispatcher dispatcher,
            Retention retention,
            Jdbi jdbi,
            Clock clock,
            Loops loops) {
        this.folders = folders;
        this.acceptCheckpoint = acceptCheckpoint;
        this.storeFiles = storeFiles;
        this.dispatcher = dispatcher;
        this.retention = retention;
        this.jdbi = jdbi;
        this.clock = clock;
        this.loop = loops.loop("adaptations", "take in what was adapted", LONGEST, this::turn);
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    private Duration turn() throws IOException {
        look();
        if (System.nanoTime() - tidied > TIDY.toNanos()) {
            tidied = System.nanoTime();
            tidy();
        }
        return LOOK;
    }

    /** Takes in what is done. */
    void look() throws IOException {
        for (Keeps each : jdbi.withHandle(AdaptationStages::underWay)) {
            if (each.point() != null && !Files.exists(folders.file(each.evaluation(), each.point()))) {
                beginAnew(each.evaluation(), each.point());
            }
        }
        for (Done done : jdbi.withHandle(AdaptationStages::due)) {
            String subject = done.evaluation().toString();
            if (jdbi.withHandle(handle -> RiskyWork.deaths(handle, RiskyWork.Kind.PLAN, subject))
                    >= RiskyWork.MOST_DEATHS) {
                failed(
                        done,
                        FailureKind.UNRECORDABLE,
                        "ingest ended " + RiskyWork.MOST_DEATHS + " times while it took in the adapted weights");
                continue;
            }
            try (var counted = RiskyWork.begin(jdbi, RiskyWork.Kind.PLAN, subject)) {
                takeIn(done);
            }
        }
    }

    private void beginAnew(UUID evaluation, String point) {
        LOG.warnf("evaluation %s: what was kept of its adaptation is not there, it begins anew", evaluation);
        jdbi.useTransaction(handle -> AdaptationStages.beginAnew(handle, evaluation, point, true));
    }

    private void takeIn(Done done) throws IOException {
        Path file = folders.file(done.evaluation(), done.file());
        if (!folders.isWhole(done.evaluation(), done.file())) {
            beginAnew(done.evaluation(), done.file());
            return;
        }
        try (var batch = storeFiles.begin()) {
            NewCheckpoint checkpoint = acceptCheckpoint.acceptAdapted(file, done, batch);
            String parent = CheckpointManifest.fromJson(done.parent().getBytes(StandardCharsets.UTF_8))
                    .tensorDigest();
            batch.commit(handle -> {
                // In the meantime it may be paused, ended or gone.
                AdaptationStages.lock(handle, done.evaluation())
                        .filter(done::equals)
                        .ifPresent(now -> AdaptationStages.takenIn(
                                handle,
                                now.evaluation(),
                                PlanEvaluation.adapted(handle, checkpoint, parent, now.recipe())));
                return done;
            });
        } catch (BadCheckpoint e) {
            failed(done, FailureKind.CANNOT_RUN, "the adapted weights: " + e.getMessage());
            return;
        }
        // If it was paused meanwhile, it is still needed.
        if (jdbi.withHandle(handle -> AdaptationStages.keeps(handle, List.of(done.evaluation())))
                .isEmpty()) {
            folders.delete(done.evaluation());
        }
        LOG.infof("evaluation %s answers by weights that were adapted", done.evaluation());
        dispatcher.wake();
    }

    private void failed(Done done, FailureKind kind, String reason) {
        jdbi.useTransaction(handle -> AdaptationStages.lock(handle, done.evaluation())
                .filter(done::equals)
                .ifPresent(now -> WorkUnits.failed(handle, now.evaluation(), kind, reason, List.of())));
    }

    /** Deletes what nobody needs: of each stage all but the last point, and stages that are over. */
    void tidy() throws IOException {
        List<UUID> all = folders.all();
        Map<UUID, Keeps> keeps = jdbi.withHandle(handle -> AdaptationStages.keeps(handle, all)).stream()
                .collect(Collectors.toMap(Keeps::evaluation, Function.identity()));
        Instant late = clock.instant().minus(retention.time(Kept.ADAPTATIONS));
        long room = retention.bytes(Kept.ADAPTATIONS);
        for (UUID each : all) {
            Keeps kept = keeps.get(each);
            if (kept == null) {
                folders.delete(each);
            } else if (kept.point() != null) {
                folders.deleteOlderThan(each, kept.point());
            }
        }
        List<Keeps> latestFirst = keeps.values().stream()
                .filter(each -> each.over() != null)
                .sorted(Comparator.comparing(TakeInAdapted::over).reversed())
                .toList();
        for (Keeps each : latestFirst) {
            room -= folders.bytes(each.evaluation());
            if (room < 0 || over(each).isBefore(late)) {
                String point = each.point();
                if (point != null) {
                    jdbi.useTransaction(handle -> AdaptationStages.beginAnew(handle, each.evaluation(), point, false));
                }
                folders.delete(each.evaluation());
            }
        }
    }

    private static Instant over(Keeps stage) {
        return Objects.requireNonNull(stage.over());
    }
}
