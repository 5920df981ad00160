package dev.trmarena.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ASpanIsContinuedByItsText {
    private static final String FROM_OUTSIDE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void spans_of_two_processes_come_to_the_collector_as_one_trace() throws IOException {
        try (var collector = new Collector()) {
            try (var first = Traces.of("first", collector.endpoint());
                    var second = Traces.of("second", collector.endpoint() + "/")) {
                Span begun = first.begin("plan", SpanKind.SERVER, FROM_OUTSIDE);
                byte[] header = Traces.bytes(Traces.traceparent(begun));
                Span resumed = second.resume("solve unit", SpanKind.CONSUMER, Traces.text(header));
                resumed.setAttribute("unit", 7);
                Traces.failed(resumed, "memory");
                resumed.end();
                begun.end();
            }
            List<Collector.Taken> spans = collector.spans();
            assertThat(spans).extracting(Collector.Taken::name).containsExactlyInAnyOrder("plan", "solve unit");
            var plan = named(spans, "plan");
            var solve = named(spans, "solve unit");
            assertThat(plan.service()).isEqualTo("first");
            assertThat(plan.trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(plan.parent()).isEqualTo("00f067aa0ba902b7");
            assertThat(plan.error()).isFalse();
            assertThat(solve.service()).isEqualTo("second");
            assertThat(solve.trace()).isEqualTo(plan.trace());
            assertThat(solve.parent()).isEqualTo(plan.id());
            assertThat(solve.attributes()).containsEntry("unit", "7");
            assertThat(solve.error()).isTrue();
            assertThat(solve.status()).isEqualTo("memory");
        }
    }

    private static Collector.Taken named(List<Collector.Taken> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ids_are_handed_on_although_nothing_is_exported() {
        try (var traces = Traces.unexported()) {
            String begun = Traces.traceparent(traces.begin("plan", SpanKind.SERVER, FROM_OUTSIDE));
            String continued = Traces.traceparent(traces.resume("solve unit", SpanKind.CONSUMER, begun));
            assertThat(begun).matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01");
            assertThat(continued)
                    .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                    .isNotEqualTo(begun);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void what_is_no_parent_begins_a_trace_and_resumes_none(String parent) {
        try (var traces = Traces.unexported()) {
            assertThat(traces.begin("plan", SpanKind.SERVER, parent)
                            .getSpanContext()
                            .isValid())
                    .isTrue();
            Span none = traces.resume("record", SpanKind.CONSUMER, parent);
            assertThat(none.getSpanContext().isValid()).isFalse();
            assertThat(Traces.traceparent(none)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "grpc://collector:4317", "http://", "not an address"})
    void an_endpoint_that_is_none_is_refused_by_name(String endpoint) {
        assertThatThrownBy(() -> Traces.of("any", endpoint).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ARENA_OTLP is " + endpoint);
    }
}
