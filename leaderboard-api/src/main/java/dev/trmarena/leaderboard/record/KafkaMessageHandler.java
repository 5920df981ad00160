package dev.trmarena.leaderboard.record;

import dev.trmarena.db.record.EvaluationLocks;
import dev.trmarena.db.record.QuarantinedMessages;
import dev.trmarena.db.record.RecordHeartbeats;
import dev.trmarena.db.record.RecordSolverEnds;
import dev.trmarena.http.refuse.Trouble;
import dev.trmarena.leaderboard.connect.Recording;
import dev.trmarena.leaderboard.operate.CountMessages;
import dev.trmarena.messages.Heartbeat;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.SolverEnded;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.traces.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Messages of Kafka: each recorded, or quarantined with its bytes and the reason. Nothing that a message says can keep the
 * messages behind it from being recorded; only a database that is away can, and for a minute a puzzle set that cannot be read.
 */
@Singleton
class KafkaMessageHandler {
    private static final Logger LOG = Logger.getLogger(KafkaMessageHandler.class);

    private final OutcomeRecorder outcomeRecorder;
    private final Jdbi jdbi;
    private final CountMessages count;
    private final Traces traces;

    KafkaMessageHandler(OutcomeRecorder outcomeRecorder, @Recording Jdbi jdbi, CountMessages count, Traces traces) {
        this.outcomeRecorder = outcomeRecorder;
        this.jdbi = jdbi;
        this.count = count;
        this.traces = traces;
    }

    /**
     * All in one transaction, which is what makes it fast; should one of them not be recordable, each in its own.
     *
     * @throws RuntimeException when the database or the store is away: to be tried again
     */
    void recordAll(List<ConsumerRecord<byte[], byte[]>> messages) {
        if (messages.size() == 1 || !allAtOnce(messages)) {
            messages.forEach(this::record);
        }
    }

    /** @return false when nothing was recorded */
    private boolean allAtOnce(List<ConsumerRecord<byte[], byte[]>> messages) {
        int examples = 0;
        int deadLetters = 0;
        try {
            // What is done in here by way of the same Jdbi joins this transaction.
            examples = jdbi.inTransaction(handle -> recordTogether(handle, messages));
            deadLetters = (int) messages.stream()
                    .filter(message -> message.topic().equals(Topics.DEAD_WORK))
                    .count();
        } catch (RuntimeException e) {
            LOG.debugf("%d messages are recorded one by one: %s", messages.size(), e.getMessage());
            return false;
        } finally {
            unlogged();
        }
        outcomeRecorder.committed();
        count.recorded(examples);
        for (int i = 0; i < deadLetters; i++) {
            count.deadLetter();
        }
        return true;
    }

    /** @throws RuntimeException when the database or the store is away: to be tried again */
    void record(ConsumerRecord<byte[], byte[]> message) {
        try {
            count.recorded(recordOrThrow(message));
            outcomeRecorder.committed();
            if (message.topic().equals(Topics.DEAD_WORK)) {
                count.deadLetter();
            }
        } catch (RuntimeException e) {
            quarantined(message, Trouble.defect(e).orElseThrow(() -> e));
        } finally {
            unlogged();
        }
    }

    /** A message that could be read. Its span is open until it is recorded. */
    private record ReadMessage(Span span, Object content) {}

    /**
     * What was taken up and what was solved waits until something comes that may have to do with it, and is recorded in one go.
     *
     * @return number of examples that had not been recorded before
     */
    private int recordTogether(Handle handle, List<ConsumerRecord<byte[], byte[]>> messages) {
        int examples = 0;
        List<ReadMessage> together = new ArrayList<>();
        try {
            // Reading takes as long as storing: all cores do it.
            List<Object> contents =
                    messages.parallelStream().map(KafkaMessageHandler::content).toList();
            hold(handle, contents);
            for (int i = 0; i < contents.size(); i++) {
                ReadMessage read = begun(messages.get(i), contents.get(i));
                if (read.content() instanceof Outcome.Solved || read.content() instanceof Outcome.Started) {
                    together.add(read);
                    continue;
                }
                if (!(read.content() instanceof TimedHeartbeat)) {
                    examples += recordAndEmpty(together);
                }
                examples += record(read);
            }
            return examples + recordAndEmpty(together);
        } finally {
            together.forEach(read -> read.span().end());
        }
    }

    /** All evaluations that the messages are about, for they come in any order. */
    private static void hold(Handle handle, List<Object> contents) {
        Set<UUID> evaluations = new HashSet<>();
        Set<UUID> instances = new HashSet<>();
        for (Object content : contents) {
            if (content instanceof Outcome outcome) {
                evaluations.add(outcome.evaluation());
            } else if (content instanceof WorkUnit unit) {
                evaluations.add(unit.evaluation());
            } else if (content instanceof TimedSolverEnd gone) {
                instances.add(gone.ended().instance());
            }
        }
        EvaluationLocks.hold(handle, evaluations, instances);
    }

    private int recordAndEmpty(List<ReadMessage> together) {
        int examples = outcomeRecorder.recordTogether(
                contents(together, Outcome.Started.class), contents(together, Outcome.Solved.class));
        together.forEach(read -> read.span().end());
        together.clear();
        return examples;
    }

    private static <T> List<T> contents(List<ReadMessage> read, Class<T> type) {
        return read.stream()
                .map(ReadMessage::content)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** @return number of examples that had not been recorded before */
    private int recordOrThrow(ConsumerRecord<byte[], byte[]> message) {
        return record(begun(message, null));
    }

    /** @param content of the message; null to read it now */
    private ReadMessage begun(ConsumerRecord<byte[], byte[]> message, @Nullable Object content) {
        // Heartbeats are in no trace.
        Span span = traces.resume("record", SpanKind.CONSUMER, header(message, Traces.TRACEPARENT));
        if (span.getSpanContext().isValid()) {
            MDC.put(Traces.LOG_FIELD, span.getSpanContext().getTraceId());
            span.setAttribute("topic", message.topic());
        }
        try {
            Object read = content == null ? content(message) : content;
            if (read instanceof Outcome outcome) {
                about(span, outcome.evaluation(), outcome.unit());
                span.setAttribute("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
            }
            return new ReadMessage(span, read);
        } catch (RuntimeException e) {
            Traces.failed(span, String.valueOf(e.getMessage()));
            span.end();
            throw e;
        }
    }

    private static Object content(ConsumerRecord<byte[], byte[]> message) {
        return switch (message.topic()) {
            case Topics.OUTCOMES -> Json.read(message.value(), Outcome.class);
            case Topics.HEARTBEATS ->
                new TimedHeartbeat(
                        Json.read(message.value(), Heartbeat.class), Instant.ofEpochMilli(message.timestamp()));
            case Topics.SOLVER_ENDS ->
                new TimedSolverEnd(
                        Json.read(message.value(), SolverEnded.class), Instant.ofEpochMilli(message.timestamp()));
            default -> Json.read(message.value(), WorkUnit.class);
        };
    }

    private record TimedHeartbeat(Heartbeat heartbeat, Instant seenAt) {}

    private record TimedSolverEnd(SolverEnded ended, Instant seenAt) {}

    private int record(ReadMessage read) {
        try {
            if (read.content() instanceof Outcome outcome) {
                return outcomeRecorder.record(outcome);
            }
            if (read.content() instanceof TimedHeartbeat heard) {
                jdbi.useHandle(handle -> RecordHeartbeats.record(handle, heard.heartbeat(), heard.seenAt()));
            } else if (read.content() instanceof TimedSolverEnd gone) {
                LOG.warnf("%s", gone.ended().reason());
                jdbi.useTransaction(handle -> RecordSolverEnds.record(handle, gone.ended(), gone.seenAt()));
            } else if (read.content() instanceof WorkUnit unit) {
                outcomeRecorder.deadLetter(unit);
            }
            return 0;
        } catch (RuntimeException e) {
            Traces.failed(read.span(), String.valueOf(e.getMessage()));
            throw e;
        } finally {
            read.span().end();
        }
    }

    /** The span, and whatever is logged until the message is recorded, say what it is about. */
    private static void about(Span span, UUID evaluation, int unit) {
        span.setAttribute("evaluation", evaluation.toString());
        span.setAttribute("unit", unit);
        MDC.put("evaluation", evaluation.toString());
        MDC.put("unit", String.valueOf(unit));
    }

    private static void unlogged() {
        MDC.remove(Traces.LOG_FIELD);
        MDC.remove("evaluation");
        MDC.remove("unit");
    }

    private void quarantined(ConsumerRecord<byte[], byte[]> message, String problem) {
        String reason = origin(message) + problem;
        byte[] bytes = message.value() == null ? new byte[0] : message.value();
        var kept = new QuarantinedMessages.Message(
                message.topic(),
                message.partition(),
                message.offset(),
                Instant.ofEpochMilli(message.timestamp()),
                message.key(),
                bytes,
                reason);
        if (jdbi.inTransaction(handle -> QuarantinedMessages.add(handle, kept))) {
            count.wasQuarantined(message.topic());
            LOG.errorf(
                    "quarantined: offset %d of %s-%d, %d bytes: %s",
                    message.offset(), message.topic(), message.partition(), bytes.length, reason);
        }
    }

    /** Where a dead letter was before; the broker says it in headers. */
    private static String origin(ConsumerRecord<byte[], byte[]> message) {
        String topic = header(message, "__dlq.errors.topic");
        String offset = header(message, "__dlq.errors.offset");
        String partition = header(message, "__dlq.errors.partition");
        return topic == null ? "" : "from offset " + offset + " of " + topic + "-" + partition + ": ";
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
