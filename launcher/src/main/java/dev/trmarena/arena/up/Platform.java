package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.ConfiguredRetention;
import dev.trmarena.arena.kafka.BrokerAnswers;
import dev.trmarena.arena.kafka.WorkTopics;
import dev.trmarena.arena.postgres.AwaitPostgres;
import dev.trmarena.arena.postgres.PostgresAnswers;
import dev.trmarena.arena.postgres.PostgresBinaries;
import dev.trmarena.arena.postgres.PostgresCluster;
import dev.trmarena.supervise.SolverEndPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All services on one machine: Kafka and Postgres first and side by side, then everything that needs them at once. */
public final class Platform {
    /** What solvers died of just before the end is told as long as there is a broker. */
    private static final Duration TELLING = Duration.ofSeconds(3);

    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(90);

    /** Questions without an answer, six seconds each, until a service is started again: it hardly costs anything. */
    private static final int SERVICE_UNANSWERED = 3;

    /** A broker and a database must not be ended because a disk was slow: everybody stops with them. */
    private static final int FOUNDATION_UNANSWERED = 5;

    private final PlatformOptions options;
    private final DataFolder data;
    private final Progress progress;
    private final Programs programs;
    private final Children children;
    private final AwaitHealth health = new AwaitHealth();
    private final List<HangWatchdog> watches = new CopyOnWriteArrayList<>();
    private final int pagePort;
    private String kafka = "";
    private @Nullable SolverEndPublisher ends;

    /** @throws ArenaProblem when the page's port is taken */
    public Platform(PlatformOptions options, DataFolder data, Progress progress) throws IOException {
        this.options = options;
        this.data = data;
        this.progress = progress;
        this.programs = new Programs(options.project(), data);
        this.children = new Children(data.children(), progress);
        this.pagePort = Ports.forPage(options.listen(), options.port());
    }

    /** Where a browser on this machine finds the page. */
    public String url() {
        return "http://" + host() + ":" + pagePort;
    }

    /** The command that starts another solver for it, once it has started. */
    public String invitation() {
        return "./arena solver --bootstrap " + kafka + " --store " + data.artifacts();
    }

    private String host() {
        if (options.listensEverywhere() || options.listensOnLoopback()) {
            return "localhost";
        }
        return options.listen().contains(":") ? "[" + options.listen() + "]" : options.listen();
    }

    /**
     * Returns when every service is healthy.
     *
     * @param fresh delete what earlier runs left before
     * @throws ArenaProblem when one of them cannot be started; call {@link #stop} then, too
     */
    public void start(boolean fresh) throws IOException, InterruptedException {
        data.announce(url());
        Children.awaitLeftovers(data.children(), progress);
        PostgresCluster.freeFolder(data.postgres());
        if (fresh) {
            data.empty();
        }
        data.requireWhole();
        List<Integer> ports = Ports.free(6 + options.solvers());
        ExecutorService side = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "start");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<String> kafka = side.submit(() -> startKafka(ports.get(0), ports.get(1)));
            Future<PostgresCluster> postgres = side.submit(() -> startPostgres(ports.get(2)));
            PostgresCluster cluster = get(postgres);
            Files.createDirectories(data.artifacts());
            this.kafka = get(kafka);
            var backing =
                    new Programs.Backing(this.kafka, data.artifacts(), cluster.url(ports.get(2)), cluster.password());
            startServices(side, backing, ports.subList(3, ports.size()));
        } finally {
            side.shutdownNow();
        }
    }

    private String startKafka(int port, int controllerPort) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Child kafka = children.start(programs.kafka(port, controllerPort));
        String bootstrap = "127.0.0.1:" + port;
        while (true) {
            try {
                WorkTopics.create(bootstrap, Duration.ofSeconds(10), ConfiguredRetention.here());
                break;
            } catch (ArenaProblem e) {
                kafka.throwIfHopeless();
                if (System.nanoTime() - started > KAFKA_PATIENCE.toNanos()) {
                    throw e;
                }
            }
        }
        var answers = new BrokerAnswers(bootstrap);
        watches.add(new HangWatchdog(kafka, answers::ask, FOUNDATION_UNANSWERED).start());
        progress.ok("kafka", started);
        return bootstrap;
    }

    private PostgresCluster startPostgres(int port) throws IOException, InterruptedException {
        long started = System.nanoTime();
        var cluster = new PostgresCluster(data.postgres(), PostgresBinaries.in(PostgresBinaries.defaultCache()));
        cluster.initialise();
        Child postgres = children.start(programs.postgres(cluster, port));
        AwaitPostgres.database(cluster, port, Duration.ofSeconds(60), () -> {
            postgres.throwIfHopeless();
            return true;
        });
        watches.add(
                new HangWatchdog(postgres, () -> PostgresAnswers.ask(cluster, port), FOUNDATION_UNANSWERED).start());
        progress.ok("postgres", started);
        return cluster;
    }

    private void startServices(ExecutorService side, Programs.Backing backing, List<Integer> ports)
            throws IOException, InterruptedException {
        var ends = new SolverEndPublisher(backing.kafka(), progress::say);
        this.ends = ends;
        int ingestPort = ports.get(0);
        URI ingest = URI.create("http://127.0.0.1:" + ports.get(1));
        URI leaderboardApi = URI.create("http://127.0.0.1:" + ports.get(2));
        progress.say("  how they are doing: ingest " + ingest + "/q/health, leaderboard-api " + leaderboardApi
                + "/q/health");
        List<Callable<Void>> starts = new ArrayList<>();
        starts.add(() -> started(
                programs.ingest(backing, ingestPort, ingest.getPort()),
                ingest.resolve("/q/health/ready"),
                ingest.resolve("/q/health/live")));
        starts.add(() -> started(
                programs.leaderboardApi(
                        backing, options.listen(), host(), pagePort, leaderboardApi.getPort(), ingestPort),
                leaderboardApi.resolve("/q/health/ready"),
                leaderboardApi.resolve("/q/health/live")));
        for (int number = 1; number <= options.solvers(); number++) {
            int solver = number;
            int port = ports.get(2 + number);
            URI health = URI.create("http://127.0.0.1:" + port + "/health");
            starts.add(() -> started(programs.solver(backing, solver, port, options, ends), health, health));
        }
        var running = starts.stream().map(side::submit).toList();
        for (Future<Void> one : running) {
            get(one);
        }
    }

    private @Nullable Void started(ChildSpec spec, URI ready, URI live) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Child child = children.start(spec);
        health.of(child, ready);
        watches.add(new HangWatchdog(child, new HttpLiveness(live), SERVICE_UNANSWERED).start());
        progress.ok(spec.name(), started);
        return null;
    }

    private static <T> T get(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ArenaProblem problem) {
                throw problem;
            }
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Ends all processes, those first that need the others. */
    public void stop() throws InterruptedException {
        if (ends != null) {
            ends.close(TELLING);
        }
        for (HangWatchdog watch : watches) {
            watch.close();
        }
        List<Child> users = Stream.of("leaderboard-api", "ingest", "solver-")
                .flatMap(name -> children.named(name).stream())
                .toList();
        List<Child> foundations = Stream.of("kafka", "postgres")
                .flatMap(name -> children.named(name).stream())
                .toList();
        children.stop(List.of(users, foundations));
    }

    /** The folder with the logs of all processes. */
    public Path logs() {
        return data.logs();
    }
}
