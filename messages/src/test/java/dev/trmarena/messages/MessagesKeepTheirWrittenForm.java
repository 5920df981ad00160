package dev.trmarena.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of different versions share the topics, so the written form is a contract: the golden files fix it. */
class MessagesKeepTheirWrittenForm {
    private static final UUID EVALUATION = UUID.fromString("6f1c1a52-0d3c-4b57-9a6e-3f5f6f2b7a01");
    private static final UUID DELIVERY = UUID.fromString("6f1c1a52-0d3c-4b57-9a6e-3f5f6f2b7a02");
    private static final UUID INSTANCE = UUID.fromString("6f1c1a52-0d3c-4b57-9a6e-3f5f6f2b7a03");

    /** What else a message of a solver must say; "ID" stands for an id. */
    private static final String WHO =
            "\"delivery\":\"ID\",\"instance\":\"ID\",\"round\":1,\"handout\":1,\"device\":\"CPU\"";

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(
                        "work-unit.json",
                        new WorkUnit(
                                EVALUATION,
                                3,
                                Purpose.SCORE,
                                2,
                                5,
                                "ab".repeat(32),
                                "cd".repeat(32),
                                192,
                                320,
                                64,
                                "16-steps.bfloat16",
                                500),
                        WorkUnit.class),
                Arguments.of(
                        "started.json",
                        new Outcome.Started(EVALUATION, 3, DELIVERY, "host-17", INSTANCE, 2, 5, "CPU"),
                        Outcome.class),
                Arguments.of(
                        "solved.json",
                        new Outcome.Solved(
                                EVALUATION,
                                3,
                                DELIVERY,
                                "host-17",
                                "CPU",
                                1234,
                                List.of(
                                        new Prediction(
                                                192, new byte[] {2, 11, (byte) 200}, 1.5f, 16, new byte[0], List.of()),
                                        new Prediction(
                                                193,
                                                new byte[] {2, 3},
                                                -1,
                                                2,
                                                new byte[] {0, 1, 2},
                                                List.of(new byte[] {2, 2}, new byte[] {2, 3})))),
                        Outcome.class),
                Arguments.of(
                        "solved-with-kernels.json",
                        new Outcome.Solved(
                                EVALUATION,
                                3,
                                DELIVERY,
                                "host-17",
                                "CPU",
                                "bfloat16",
                                1234,
                                List.of(new Prediction(192, new byte[] {2, 11}, 1.5f, 16, new byte[0], List.of()))),
                        Outcome.class),
                Arguments.of(
                        "failed.json",
                        new Outcome.Failed(
                                EVALUATION,
                                3,
                                DELIVERY,
                                "host-17",
                                FailureKind.CANNOT_RUN,
                                "a token is out of range",
                                List.of("12:00:00 WARN token 17")),
                        Outcome.class),
                Arguments.of(
                        "returned.json",
                        new Outcome.Returned(EVALUATION, 3, DELIVERY, "host-17", 5, null, "withdrawn", List.of()),
                        Outcome.class),
                Arguments.of("redelivered.json", new Outcome.Redelivered(EVALUATION, 3, 5, "host-17"), Outcome.class),
                Arguments.of(
                        "replayed.json",
                        new Outcome.Replayed(
                                EVALUATION,
                                3,
                                "host-17",
                                new Prediction(
                                        193, new byte[] {2, 3}, -1, 1, new byte[] {0, 1}, List.of(new byte[] {2, 3}))),
                        Outcome.class),
                Arguments.of(
                        "not-replayed.json",
                        new Outcome.NotReplayed(
                                EVALUATION, 3, 193, "host-17", 5, Outcome.NotReplayed.End.HANDED_BACK, "stopped"),
                        Outcome.class),
                Arguments.of(
                        "work-unit-of-a-canary.json",
                        new WorkUnit(
                                EVALUATION,
                                3,
                                Purpose.CANARY,
                                2,
                                5,
                                "ab".repeat(32),
                                "cd".repeat(32),
                                16,
                                32,
                                16,
                                "16-steps.float32",
                                0,
                                null,
                                4,
                                false),
                        WorkUnit.class),
                Arguments.of(
                        "work-unit-that-failed.json",
                        new WorkUnit(
                                EVALUATION,
                                3,
                                Purpose.SCORE,
                                2,
                                5,
                                "ab".repeat(32),
                                "cd".repeat(32),
                                192,
                                320,
                                64,
                                "16-steps.bfloat16",
                                500,
                                null,
                                null,
                                true),
                        WorkUnit.class),
                Arguments.of(
                        "canary-answer.json",
                        new Outcome.CanaryAnswer(
                                EVALUATION,
                                3,
                                "host-17",
                                5,
                                List.of(new Prediction(16, new byte[] {2, 11}, 1.5f, 16, new byte[0], List.of()))),
                        Outcome.class),
                Arguments.of(
                        "no-canary-answer.json",
                        new Outcome.NoCanaryAnswer(
                                EVALUATION, 3, "host-17", 5, Outcome.NotReplayed.End.WENT_WRONG, "no space left"),
                        Outcome.class),
                Arguments.of(
                        "work-unit-of-an-adaptation.json",
                        new WorkUnit(
                                EVALUATION,
                                3,
                                Purpose.ADAPT,
                                2,
                                5,
                                "ab".repeat(32),
                                "cd".repeat(32),
                                36,
                                48,
                                12,
                                "4-steps.float32.adapt-all-96x8.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1"
                                        + ".weights-lr-0.0003.decay-0.1.beta-0.9-0.95.ema-0.98",
                                0,
                                null,
                                null,
                                false,
                                "ef".repeat(32)),
                        WorkUnit.class),
                Arguments.of(
                        "adapted.json",
                        new Outcome.Adapted(
                                EVALUATION, 3, "host-17", 5, "CPU", 1200, "ef".repeat(32), List.of(3.25, 1e-9)),
                        Outcome.class),
                Arguments.of(
                        "not-adapted.json",
                        new Outcome.NotAdapted(
                                EVALUATION,
                                3,
                                "host-17",
                                5,
                                Outcome.NotReplayed.End.WENT_WRONG,
                                FailureKind.STORE,
                                "no space left",
                                List.of("12:00:00 WARN no space left")),
                        Outcome.class),
                Arguments.of("withdrawal.json", new Withdrawal(EVALUATION, 2), Withdrawal.class),
                Arguments.of(
                        "heartbeat.json",
                        new Heartbeat(
                                "host-17",
                                INSTANCE,
                                "CPU",
                                16_000_000_000L,
                                1000,
                                3000,
                                4,
                                256,
                                new Heartbeat.Work(EVALUATION, 3, DELIVERY, 7),
                                false),
                        Heartbeat.class),
                Arguments.of(
                        "solver-ended.json",
                        new SolverEnded(
                                "host-17",
                                INSTANCE,
                                137,
                                FailureKind.SOLVER_ENDED,
                                "host-17 was killed by SIGKILL (exit status 137)",
                                List.of("12:00:00 INFO the last line")),
                        SolverEnded.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void written_and_read_again(String golden, Object message, Class<?> type) throws IOException {
        byte[] expected = resource(golden);
        ObjectMapper tree = new ObjectMapper();
        assertThat(tree.readTree(Json.write(message))).isEqualTo(tree.readTree(expected));
        assertThat(Json.write(Json.read(expected, type))).isEqualTo(Json.write(message));
    }

    /** Step replays were called films: messages that were on their way when the platform was stopped are still read. */
    @Test
    void earlier_names_are_read() throws IOException {
        for (String golden : List.of("work-unit.json", "solved.json", "replayed.json")) {
            Class<?> type = golden.startsWith("work") ? WorkUnit.class : Outcome.class;
            byte[] now = resource(golden);
            byte[] earlier = new String(now, StandardCharsets.UTF_8)
                    .replace("\"replayTasks\"", "\"filmTasks\"")
                    .replace("\"replay\"", "\"film\"")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(earlier).as(golden).isNotEqualTo(now);
            assertThat(Json.write(Json.read(earlier, type))).as(golden).isEqualTo(Json.write(Json.read(now, type)));
        }
    }

    @Test
    void an_unknown_field_is_an_error_that_names_it() {
        byte[] newer = ("{\"type\":\"started\",\"evaluation\":\"" + EVALUATION + "\",\"unit\":0,\"solver\":\"s\"," + WHO
                        + ",\"mood\":\"fine\"}")
                .replace("ID", DELIVERY.toString())
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(newer, Outcome.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("mood");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"type\":\"started\",\"evaluation\":\"ID\",\"solver\":\"s\"," + WHO + "}",
                "{\"type\":\"started\",\"evaluation\":\"ID\",\"unit\":null,\"solver\":\"s\"," + WHO + "}",
                "{\"type\":\"started\",\"evaluation\":\"ID\",\"unit\":\"0\",\"solver\":\"s\"," + WHO + "}",
                "{\"type\":\"started\",\"evaluation\":\"ID\",\"unit\":0.5,\"solver\":\"s\"," + WHO + "}",
                "{\"type\":\"started\",\"evaluation\":\"ID\",\"unit\":0," + WHO + "}",
                "{\"type\":\"started\",\"evaluation\":\"ID\",\"unit\":0,\"solver\":\"s\"," + WHO + "} and more",
                "{\"type\":\"failed\",\"evaluation\":\"ID\",\"unit\":0,\"solver\":\"s\",\"delivery\":\"ID\",\"reason\":\"r\",\"log\":[]}",
                "{\"type\":\"failed\",\"evaluation\":\"ID\",\"unit\":0,\"solver\":\"s\",\"delivery\":\"ID\",\"kind\":\"bad_luck\",\"reason\":\"r\",\"log\":[]}"
            })
    void what_is_missing_or_of_another_kind_is_not_guessed(String text) {
        byte[] bytes = text.replace("ID", EVALUATION.toString()).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(bytes, Outcome.class)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_message_without_a_value_is_no_message() {
        assertThatThrownBy(() -> Json.read(null, Outcome.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("no Outcome: there is nothing")
                .hasCauseInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> Json.read("null".getBytes(StandardCharsets.UTF_8), Outcome.class))
                .hasMessage("no Outcome: it says null")
                .hasCauseInstanceOf(JsonProcessingException.class);
    }

    @Test
    void a_bad_value_is_quoted() {
        assertThatThrownBy(() -> new WorkUnit(
                        EVALUATION, 0, Purpose.SCORE, 1, 1, "xyz", "cd".repeat(32), 0, 1, 1, "1-steps.float32", 0))
                .hasMessageContaining("'xyz'");
        assertThatThrownBy(() -> new Prediction(0, new byte[] {1}, Float.NaN, 1, new byte[0], List.of()))
                .hasMessageContaining("NaN");
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = MessagesKeepTheirWrittenForm.class.getResourceAsStream("/messages/" + name)) {
            if (in == null) {
                throw new IOException("no golden file " + name);
            }
            return in.readAllBytes();
        }
    }
}
