package dev.trmarena.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How columns become components, for all that is read from the database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARowIsARecord {
    private record Row(
            EvaluationState state,
            @Nullable Priority priority,
            Protocol protocol,
            Instant startedAt,
            @Nullable Integer unit,
            List<String> log,
            @Json Map<String, Double> scores,
            @Nested("grid_") Grid grid) {}

    private final Jdbi jdbi = TestPostgres.migrated();

    @Test
    void by_the_names_of_its_columns() {
        Protocol protocol = Protocol.whole(4, Dtype.FLOAT32);
        Row row = jdbi.withHandle(handle -> handle.createQuery("""
                        select 'paused' as state, null::text as priority, :protocol as protocol,
                               timestamptz '2026-01-01 00:00:00Z' as started_at, null::int as unit, '{a,b}'::text[] as log,
                               '{"accuracy": 0.1}'::jsonb as scores,
                               1 as grid_rows, 2 as grid_columns, '\\x0304'::bytea as grid_cells""")
                .bind("protocol", protocol.key())
                .mapTo(Row.class)
                .one());
        assertThat(row)
                .isEqualTo(new Row(
                        EvaluationState.PAUSED,
                        null,
                        protocol,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        null,
                        List.of("a", "b"),
                        Map.of("accuracy", 0.1),
                        new Grid(1, 2, new byte[] {3, 4})));
    }

    @Test
    void a_constant_goes_in_as_it_comes_out() {
        String bound = jdbi.withHandle(handle -> handle.createQuery("select :state || '!'")
                .bind("state", EvaluationState.PAUSED)
                .mapTo(String.class)
                .one());
        assertThat(bound).isEqualTo("paused!");
        assertThatThrownBy(() -> jdbi.withHandle(handle -> handle.createQuery("select 'PAUSED'")
                        .mapTo(EvaluationState.class)
                        .one()))
                .hasMessageContaining("'PAUSED' is none of queued, running, paused");
    }
}
