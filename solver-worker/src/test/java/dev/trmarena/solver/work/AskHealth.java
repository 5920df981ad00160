package dev.trmarena.solver.work;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a solver says to whoever asks whether it is well. */
final class AskHealth {
    private AskHealth() {}

    /** @return status and text */
    static String of(Health health) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + health.address().getPort() + "/health");
        var response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
