package dev.trmarena.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.client.ArenaApi.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a platform answers, as a tree: tests look at fields that the command line has no use for. */
final class Asked {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Asked() {}

    static JsonNode tree(Answer<?> answer) {
        try {
            return JSON.readTree(answer.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    /** What the command line does not ask for. @param path like {@code /api/evaluations/1/history} */
    static JsonNode at(String url, String path) throws IOException, InterruptedException {
        return JSON.readTree(
                HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
                        .body());
    }
}
