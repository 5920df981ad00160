package dev.trmarena.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.arena.client.UploadProgress;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Beside honest users: readers who do not read, senders of bodies that do not end, somebody who sends everything again, and somebody who
 * submits steps that take an hour and cancels them.
 */
final class HostileClients implements AutoCloseable {
    /** Of this machine, and not that of the users. */
    private static final String ADDRESS = "127.0.0.9";

    private static final int SOCKETS = 24;
    private static final int SMALL_WINDOW = 1024;
    private static final Path DEMO = Platform.project().resolve("demo/sudoku-9x9");

    /** A step of minutes on any processor, and less than the platform refuses. */
    private static final Map<String, String> MONSTROUS = Map.of("H_cycles", "50", "L_cycles", "50");

    private final Disturbed disturbed;
    private final URI url;
    private final String monsters;
    private final PatientUser user;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final List<@Nullable Socket> sockets = new ArrayList<>();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final List<Future<?>> running = new ArrayList<>();

    /** @param name of what they submit on */
    HostileClients(Disturbed disturbed, String name) {
        this.disturbed = disturbed;
        this.url = URI.create(disturbed.platform().url());
        this.monsters = name;
        this.user = new PatientUser(new ArenaClient(disturbed.platform().url(), null));
        for (int socket = 0; socket < SOCKETS; socket++) {
            sockets.add(null);
        }
    }

    void begin() {
        running.add(clock.scheduleWithFixedDelay(this::keepSocketsOpen, 0, 500, TimeUnit.MILLISECONDS));
        running.add(clock.scheduleWithFixedDelay(this::monster, 5, 15, TimeUnit.SECONDS));
    }

    /** What they have done so far, by kind. */
    Map<String, Integer> done() {
        return new TreeMap<>(done);
    }

    /** @throws java.util.concurrent.ExecutionException with what one of them met that is no passing trouble */
    void check() throws Exception {
        for (Future<?> one : running) {
            if (one.isDone()) {
                one.get();
            }
        }
    }

    /** Readers of events and answers who never read, and bodies that get a byte now and then. */
    private void keepSocketsOpen() {
        for (int at = 0; at < SOCKETS; at++) {
            Socket socket = sockets.get(at);
            try {
                if (socket == null) {
                    sockets.set(at, opened(at));
                    count("slow sockets");
                } else if (at % 3 == 0) {
                    // Ends the body's patience one day, or is refused.
                    socket.getOutputStream().write('x');
                }
            } catch (IOException e) {
                close(socket);
                sockets.set(at, null);
            }
        }
    }

    private Socket opened(int at) throws IOException {
        var socket = new Socket();
        try {
            socket.setReceiveBufferSize(SMALL_WINDOW);
            socket.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), 0));
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 5_000);
            String head =
                    switch (at % 3) {
                        case 0 ->
                            "POST /api/inspections HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 100000";
                        case 1 -> "GET /api/events HTTP/1.1";
                        default -> "GET /api/evaluations?limit=200 HTTP/1.1";
                    };
            socket.getOutputStream().write((head + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void monster() {
        JsonNode monster = user.until("submission of a monster", this::submitted);
        UUID id = Disturbed.idOf(monster);
        try {
            await("a solver is inside")
                    .atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(() ->
                            disturbed.recorded().inHand().stream().anyMatch(unit -> unit.startsWith(id.toString())));
            count("monsters in a solver");
        } catch (ConditionTimeoutException e) {
            // It waits for its turn: it is cancelled there.
        }
        user.until("cancel of a monster", () -> disturbed.client().api().cancelEvaluation(id.toString()));
        count("monsters cancelled");
    }

    private JsonNode submitted() throws Exception {
        new ImportPuzzles(disturbed.client(), UploadProgress.silent()).named(monsters, DEMO.resolve("test.csv"), null);
        return Asked.tree(new SubmitCheckpoint(disturbed.client(), UploadProgress.silent())
                .on(monsters, DEMO.resolve("step_1656"), null, SubmitCheckpoint.Known.of(MONSTROUS, null), null));
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is of no use in any case.
        }
    }

    @Override
    public void close() throws InterruptedException {
        // What is under way ends by itself: a monster that nobody cancels would stay.
        clock.shutdown();
        clock.awaitTermination(6, TimeUnit.MINUTES);
        sockets.forEach(HostileClients::close);
    }
}
