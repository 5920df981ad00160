package dev.trmarena.benchmark.board;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Fills the database of a running platform until a set has enough finished evaluations, then asks for its leaderboard at a
 * steady rate, whether earlier answers have come or not. See docs/benchmarks.md. What it fills in is made up: for a data
 * folder that is deleted afterwards.
 */
@Command(name = "board-latency", description = "Times the leaderboard of a running platform.", sortOptions = false)
public final class BoardLatency implements Callable<Integer> {
    @Option(names = "--url", defaultValue = "http://127.0.0.1:8097", description = "Of it (default: ${DEFAULT-VALUE}).")
    String url = "";

    @Option(names = "--data", required = true, description = "Its data folder; made-up rows are written there.")
    Path data = Path.of("");

    @Option(names = "--set", required = true, description = "Name of an ARC puzzle set that was imported.")
    String set = "";

    @Option(names = "--evaluations", defaultValue = "1000", description = "On the set (default: ${DEFAULT-VALUE}).")
    int evaluations;

    @Option(names = "--predictions", defaultValue = "10000", description = "Of each (default: ${DEFAULT-VALUE}).")
    int predictions;

    @Option(names = "--tasks", defaultValue = "400", description = "Of each (default: ${DEFAULT-VALUE}).")
    int tasks;

    @Option(names = "--path", description = "What is asked for, instead of the leaderboard of the set.")
    @Nullable
    String path;

    @Option(names = "--rate", defaultValue = "200", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "That count (default: ${DEFAULT-VALUE}).")
    int seconds;

    @Option(names = "--warm-up", defaultValue = "10", description = "Seconds before (default: ${DEFAULT-VALUE}).")
    int warmUp;

    @Option(names = "--plain", description = "Do not accept gzip.")
    boolean plain;

    @Option(names = "--known", description = "Send the ETag of the first answer along, as a page that asks again does.")
    boolean known;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private BoardLatency() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BoardLatency()).execute(args));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        try (Connection connection = connect()) {
            new SeedBoard(connection, set).until(evaluations, predictions, tasks);
        }
        String asked = path != null
                ? path
                : "/api/puzzle-sets/" + URLEncoder.encode(set, StandardCharsets.UTF_8) + "/leaderboard";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + asked)).timeout(Duration.ofSeconds(60));
        if (!plain) {
            request.header("Accept-Encoding", "gzip");
        }
        var load = new OpenLoop();
        load.first(request.build()).ifPresent(tag -> {
            if (known) {
                request.header("If-None-Match", tag);
            }
        });
        load.run(request.build(), rate, warmUp);
        System.out.println(
                asked + ", " + rate + " requests/s for " + seconds + " s: " + load.run(request.build(), rate, seconds));
        return 0;
    }

    private Connection connect() throws IOException, SQLException {
        // Postgres writes its port into the fourth line.
        List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
        var properties = new Properties();
        properties.setProperty("user", "arena");
        properties.setProperty(
                "password", Files.readString(data.resolve("postgres.password")).strip());
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/arena", properties);
    }
}
