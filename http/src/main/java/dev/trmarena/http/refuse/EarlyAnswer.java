package dev.trmarena.http.refuse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A {@link Problem} as an answer where no resource is asked: before one is, and in place of one. */
public final class EarlyAnswer {
    /** When whoever is told to come back may do so. */
    public static final String RETRY_AFTER_SECONDS = "2";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAVAILABLE = 503;

    private EarlyAnswer() {}

    /** Ends the request with it. What is still to come of its body nobody reads: the connection ends, too. */
    public static void send(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.status() == UNAVAILABLE) {
            response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (!request.isEnded()) {
            response.putHeader("Connection", "close");
        }
        response.end(json(problem)).onComplete(ended -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    /** The body of such an answer. */
    public static Buffer json(Problem problem) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a problem as JSON", e);
        }
    }
}
