package dev.trmarena.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Work and questions have all their connections to the database, and commands, units and messages go on. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACommandWaitsForNoWork {
    @Inject
    Client client;

    @Inject
    AgroalDataSource connections;

    @Inject
    Jdbi jdbi;

    @Test
    void for_a_connection() throws IOException {
        String evaluation = client.planDemo("sudoku", 89, null);
        List<Handle> held = new ArrayList<>();
        try {
            int most =
                    connections.getConfiguration().connectionPoolConfiguration().maxSize();
            await().untilAsserted(() -> {
                while (held.size() < most) {
                    held.add(jdbi.open());
                }
            });
            assertThat(held).hasSize(most);
            control(evaluation, "cancel", "cancelled");
            control(evaluation, "retry", "queued");
            Handle one = held.get(0);
            await().until(() -> one.createQuery(
                                    "select count(*) from work_unit where evaluation_id = ? and given_out_at is not null and handouts = 2")
                            .bind(0, UUID.fromString(evaluation))
                            .mapTo(Integer.class)
                            .one()
                    > 0);
            await().until(() -> one.createQuery("select count(*) from outbox")
                    .mapTo(Integer.class)
                    .one()
                    .equals(0));
        } finally {
            held.forEach(Handle::close);
        }
    }

    private void control(String evaluation, String command, String state) {
        client.post("/api/evaluations/" + evaluation + "/" + command, Map.of())
                .statusCode(200)
                .body("state", equalTo(state));
    }
}
