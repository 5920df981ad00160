package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits until a service says that it is well. */
final class AwaitHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long PAUSE_MILLIS = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** @throws ArenaProblem when the process keeps dying, or is not well after two minutes */
    void of(Child child, URI health) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadline) {
            child.throwIfHopeless();
            try {
                var response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = "status " + response.statusCode() + ": " + response.body();
            } catch (IOException e) {
                last = "no answer: " + e.getMessage();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new ArenaProblem(
                child.name() + " is not healthy after " + PATIENCE.toSeconds() + " s",
                null,
                health.toString(),
                last + "\nthe end of its log:\n" + child.tail(),
                "its whole log is in the folder logs of the data folder");
    }
}
