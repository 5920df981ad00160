package dev.trmarena.traces;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one process. Parents are given as W3C {@code traceparent} texts, never by the thread: an evaluation goes through
 * a database and Kafka, where it waits and outlives processes.
 *
 * <p>Spans have their ids with and without an endpoint, so that what is handed on and logged is the same either way.
 */
public final class Traces implements AutoCloseable {
    /** Name of the header, in HTTP and in Kafka. */
    public static final String TRACEPARENT = "traceparent";

    /** Name of the field that log lines carry the id of the trace in. */
    public static final String LOG_FIELD = "trace";

    private static final String PATH = "/v1/traces";
    private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);
    private static final long GOODBYE_MILLIS = 2000;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Traces(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("trm-arena");
    }

    /**
     * @param service name of this process in the traces
     * @param endpoint where OTLP is taken over HTTP, such as {@code http://collector:4318}; null or blank to export nothing
     * @throws IllegalArgumentException when it is no such address
     */
    public static Traces of(String service, @Nullable String endpoint) {
        var provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", service)
                                .put("process.pid", ProcessHandle.current().pid())
                                .build())));
        if (endpoint != null && !endpoint.isBlank()) {
            var exporter = OtlpHttpSpanExporter.builder()
                    .setEndpoint(address(endpoint.strip()))
                    .setCompression("gzip")
                    .build();
            // A queue and a thread of its own: a collector that is away or slow holds up no unit, its spans are
            // dropped.
            provider.addSpanProcessor(BatchSpanProcessor.builder(exporter)
                    .setScheduleDelay(EXPORT_EVERY)
                    .build());
        }
        return new Traces(provider.build());
    }

    /** Spans with ids that go nowhere. */
    public static Traces unexported() {
        return of("unexported", null);
    }

    private static String address(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(complaint(endpoint), e);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException(complaint(endpoint));
        }
        String trimmed = endpoint.replaceAll("/+$", "");
        return trimmed.endsWith(PATH) ? trimmed : trimmed + PATH;
    }

    private static String complaint(String endpoint) {
        return "ARENA_OTLP is " + endpoint + ", not the address of a collector; it must be like http://collector:4318";
    }

    /**
     * A span that begins now; to be ended.
     *
     * @param parent the span that it continues; null or unreadable to begin a trace
     */
    public Span begin(String name, SpanKind kind, @Nullable String parent) {
        SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
        return span.setParent(context(parent)).startSpan();
    }

    /** A span that begins now, or one that is nothing when there is no parent: what was not begun is not continued. */
    public Span resume(String name, SpanKind kind, @Nullable String parent) {
        boolean known = Span.fromContext(context(parent)).getSpanContext().isValid();
        return known ? begin(name, kind, parent) : Span.getInvalid();
    }

    private static Context context(@Nullable String parent) {
        return parent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), Map.of(TRACEPARENT, parent), MapGetter.ONE);
    }

    /** What others need to continue the span; null for a span that is nothing. */
    public static @Nullable String traceparent(Span span) {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), carrier, (map, key, value) -> {
            if (map != null) {
                map.put(key, value);
            }
        });
        return carrier.get(TRACEPARENT);
    }

    /** The header of a message that says the same; null stays null. */
    public static byte @Nullable [] bytes(@Nullable String traceparent) {
        return traceparent == null ? null : traceparent.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param header the header's bytes; null when the message had none */
    public static @Nullable String text(byte @Nullable [] header) {
        return header == null ? null : new String(header, StandardCharsets.US_ASCII);
    }

    /** The span did not do what it was for. */
    public static void failed(Span span, String reason) {
        span.setStatus(StatusCode.ERROR, reason);
    }

    /** What ended goes out, for two seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private enum MapGetter implements TextMapGetter<Map<String, String>> {
        ONE;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
