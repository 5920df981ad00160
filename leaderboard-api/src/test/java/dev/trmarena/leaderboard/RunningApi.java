package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests do with the service: answer in place of solvers, and ask. @param kafka where the broker is */
public record RunningApi(String kafka) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sends what solvers would and waits for the scores. */
    public JsonNode finish(UUID evaluation, List<? extends Outcome> outcomes) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Outcome outcome : outcomes) {
                producer.send(new ProducerRecord<byte[], byte[]>(Topics.OUTCOMES, Json.write(outcome)))
                        .get(60, TimeUnit.SECONDS);
            }
        }
        String path = "/api/evaluations/" + evaluation;
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(get(path).path("state").asText()).isEqualTo("finished"));
        return get(path);
    }

    public static JsonNode get(String path) {
        return read(given().get(path).then().statusCode(200).extract().asString());
    }

    /** The problem that it is refused with. */
    static JsonNode refused(String path, int status) {
        return read(given().get(path).then().statusCode(status).extract().asString());
    }

    static JsonNode put(String path, String body, int status) {
        return read(given().contentType("application/json")
                .body(body)
                .put(path)
                .then()
                .statusCode(status)
                .extract()
                .asString());
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
