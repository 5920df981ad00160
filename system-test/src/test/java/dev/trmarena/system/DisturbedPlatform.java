package dev.trmarena.system;

import static org.awaitility.Awaitility.await;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.WatchEvaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A platform for the test classes that kill its processes: two solvers, small units. It is the same platform after every class
 * that it was before, which is a part of what they show. There are two, that some may wait for a solver while others wait for
 * a service: {@link DisturbsSolvers} and {@link DisturbsServices}.
 */
final class DisturbedPlatform implements ParameterResolver {
    /** Small enough that a kill hits the middle of an evaluation, and many are there to be lost. */
    static final int UNIT_EXAMPLES = 8;

    static final Map<String, String> SMALL_UNITS = Map.of("ARENA_PLAN_UNIT_EXAMPLES", String.valueOf(UNIT_EXAMPLES));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Disturbed.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> which = isAnnotated(context.getTestClass(), DisturbsSolvers.class)
                ? DisturbsSolvers.class
                : DisturbsServices.class;
        return PlatformByPlatform.of(context, which, Held.class, Held::start).disturbed();
    }

    /** What a test needs to disturb a platform and to see what came of it. */
    static final class Disturbed {
        /** Of all platforms: what a load comes to does not depend on which. */
        private static final Map<Load, List<String>> UNDISTURBED = new ConcurrentHashMap<>();

        private final Platform platform;
        private final SmallDisk disk;
        private final ArenaClient client;
        private final Processes processes;
        private final Recorded recorded;
        private final AtomicInteger names = new AtomicInteger();

        Disturbed(Platform platform, SmallDisk disk) {
            this.platform = platform;
            this.disk = disk;
            this.client = new ArenaClient(platform.url(), null);
            this.processes = new Processes(platform);
            this.recorded = new Recorded(platform);
        }

        Platform platform() {
            return platform;
        }

        /** What the artifact store lies on. */
        SmallDisk disk() {
            return disk;
        }

        ArenaClient client() {
            return client;
        }

        Processes processes() {
            return processes;
        }

        Recorded recorded() {
            return recorded;
        }

        /** What this load comes to when nobody is killed; run once, before anybody is. */
        List<String> undisturbed(Load load) throws IOException, InterruptedException, SQLException {
            List<String> known = UNDISTURBED.get(load);
            if (known == null) {
                JsonNode evaluation = finished(started(load));
                known = recorded.outcome(idOf(evaluation));
                UNDISTURBED.put(load, known);
            }
            return known;
        }

        /** An evaluation of its own, on a set with a name of its own. */
        JsonNode started(Load load) throws IOException, InterruptedException {
            String set = "disturbed-" + names.incrementAndGet();
            load.imported(client, set);
            return load.submitted(client, set);
        }

        /** Follows the evaluation by its live events, as {@code --wait} does. */
        JsonNode finished(JsonNode evaluation) throws InterruptedException {
            JsonNode last = Asked.tree(
                    new WatchEvaluation(client).until(evaluation.path("id").asText(), state -> {}));
            if (!last.path("state").asText().equals("finished")) {
                throw new AssertionError("not finished: " + last);
            }
            return last;
        }

        /** Asks the database, which answers whoever else is away. @return the evaluation at its end */
        JsonNode finishedWithin(Duration patience, UUID evaluation) throws InterruptedException {
            await("evaluation " + evaluation + " is finished")
                    .atMost(patience)
                    .until(
                            () -> recorded.lines("select state from evaluation where id = ?", evaluation)
                                    .get(0),
                            "finished"::equals);
            return new PatientUser(client).sees(evaluation);
        }

        /** Runs a command against this platform, for a test that does something else meanwhile. */
        CompletableFuture<Arena.Result> running(String... command) {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return platform.run(command);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while a command ran", e);
                }
            });
        }

        /** Waits until both services take requests, after a restart. */
        void awaitServices(Duration patience) {
            for (String service : List.of("ingest", "leaderboard-api")) {
                URI ready = URI.create(platform.management(service) + "/q/health/ready");
                await(service + " is ready")
                        .atMost(patience)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> HttpClient.newHttpClient()
                                        .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                                        .statusCode()
                                == 200);
            }
        }

        /** A process of this platform that stops at a place. */
        Boundary boundary(String role, Place place) throws IOException {
            return Boundary.in(platform, role, place);
        }

        JsonNode now(UUID evaluation) throws InterruptedException {
            return Asked.tree(client.api().getEvaluation(evaluation.toString()));
        }

        /** @param part like {@code history} */
        JsonNode partOf(UUID evaluation, String part) throws IOException, InterruptedException {
            return Asked.at(platform.url(), "/api/evaluations/" + evaluation + "/" + part);
        }

        static UUID idOf(JsonNode evaluation) {
            return UUID.fromString(evaluation.path("id").asText());
        }
    }

    private record Held(Disturbed disturbed) implements ExtensionContext.Store.CloseableResource {
        static Held start() {
            try {
                Path data = Files.createTempDirectory("arena-disturbed");
                // The launcher takes a folder with something in it only when it was its own before.
                Files.createFile(data.resolve("arena.lock"));
                SmallDisk disk = SmallDisk.on(data.resolve("artifacts"));
                var environment = new HashMap<>(SMALL_UNITS);
                environment.putAll(Boundary.WATCHED);
                try {
                    return new Held(new Disturbed(Platform.up(data, environment, "--no-demo", "--solvers", "2"), disk));
                } catch (IOException e) {
                    disk.close();
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the platform started", e);
            }
        }

        @Override
        public void close() throws IOException {
            disturbed.platform().close();
            disturbed.disk().close();
            FileUtils.deleteDirectory(disturbed.platform().data().toFile());
        }
    }
}
