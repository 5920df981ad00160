package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Collector;
import dev.trmarena.traces.Traces;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ADeliveryIsASpan {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final WorkUnit UNIT = new WorkUnit(
            new UUID(1, 2), 7, Purpose.SCORE, 1, 1, "ab".repeat(32), "cd".repeat(32), 10, 12, 2, "1-steps.float32", 0);

    private final Identity solver = Identity.named("s", "CPU");
    private final UnitLog log = UnitLog.listening();

    @Test
    void that_says_what_went_wrong() throws Exception {
        try (var collector = new Collector()) {
            try (var traces = Traces.of("solver", collector.endpoint())) {
                Delivery delivery = Delivery.at(UNIT, solver, log, traces, PARENT);
                delivery.returned(FailureKind.MEMORY, "out of memory");
                delivery.span().end();
            }
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(span.parent()).isEqualTo("00f067aa0ba902b7");
                assertThat(span.error()).isTrue();
                assertThat(span.status()).isEqualTo("out of memory");
                assertThat(span.attributes())
                        .containsEntry("failure", "memory")
                        .containsEntry("evaluation", UNIT.evaluation().toString())
                        .containsEntry("unit", "7")
                        .containsEntry("examples", "2")
                        .containsEntry("device", "CPU");
            });
        } finally {
            log.stop();
        }
    }

    @Test
    void that_is_no_error_when_it_was_let_go_in_good_order() throws Exception {
        try (var collector = new Collector()) {
            try (var traces = Traces.of("solver", collector.endpoint())) {
                Delivery delivery = Delivery.at(UNIT, solver, log, traces, PARENT);
                delivery.returned(null, "the solver was asked to stop");
                delivery.span().end();
            }
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(span.error()).isFalse();
                assertThat(span.attributes()).containsEntry("returned", "the solver was asked to stop");
            });
        } finally {
            log.stop();
        }
    }

    @Test
    void that_its_messages_name_and_none_when_it_is_in_no_trace() {
        try (var traces = Traces.unexported()) {
            Delivery traced = Delivery.at(UNIT, solver, log, traces, PARENT);
            Header header = traced.message(traced.started()).headers().lastHeader(Traces.TRACEPARENT);
            assertThat(Traces.text(header.value())).isEqualTo(Traces.traceparent(traced.span()));
            Delivery untraced = Delivery.at(UNIT, solver, log, traces, null);
            assertThat(untraced.message(untraced.started()).headers()).isEmpty();
        } finally {
            log.stop();
        }
    }
}
