package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.db.record.QuarantinedMessages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Page by page from the newest, with the beginning of their bytes. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuarantinedMessagesCanBeLookedAt {
    private static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");

    @Inject
    Jdbi jdbi;

    @Test
    void page_by_page() throws IOException {
        String topic = "pages";
        for (int offset = 0; offset < 7; offset++) {
            add(topic, offset, new byte[] {1, 2, 3});
        }
        List<Long> offsets = new ArrayList<>();
        JsonNode page = RunningApi.get("/api/quarantined-messages?limit=3");
        while (true) {
            page.path("messages").forEach(message -> {
                if (message.path("topic").asText().equals(topic)) {
                    offsets.add(message.path("offset").asLong());
                    assertThat(message.path("sentAt").asText()).isEqualTo(SENT.toString());
                    assertThat(message.path("preview").asText()).isEqualTo("AQID");
                    assertThat(message.path("key").isNull()).isTrue();
                }
            });
            if (page.path("next").isNull()) {
                break;
            }
            page = RunningApi.get("/api/quarantined-messages?limit=3&after=" + page.path("next"));
        }
        assertThat(offsets).containsExactly(6L, 5L, 4L, 3L, 2L, 1L, 0L);
        RunningApi.refused("/api/quarantined-messages?limit=0", 400);
    }

    @Test
    void a_large_one_is_kept_and_shown_in_part() throws IOException {
        add("large", 0, new byte[QuarantinedMessages.KEPT + 5]);
        JsonNode message = RunningApi.get("/api/quarantined-messages?limit=1")
                .path("messages")
                .path(0);
        assertThat(message.path("length").asInt()).isEqualTo(QuarantinedMessages.KEPT + 5);
        assertThat(message.path("preview").binaryValue()).hasSize(4096);
        int kept = jdbi.withHandle(handle -> handle.createQuery(
                        "select octet_length(bytes) from quarantined_message where topic = 'large'")
                .mapTo(Integer.class)
                .one());
        assertThat(kept).isEqualTo(QuarantinedMessages.KEPT);
    }

    private void add(String topic, long offset, byte[] bytes) {
        var message = new QuarantinedMessages.Message(topic, 0, offset, SENT, null, bytes, "a test");
        boolean first = jdbi.inTransaction(handle -> QuarantinedMessages.add(handle, message));
        boolean again = jdbi.inTransaction(handle -> QuarantinedMessages.add(handle, message));
        assertThat(first).isTrue();
        assertThat(again).isFalse();
    }
}
