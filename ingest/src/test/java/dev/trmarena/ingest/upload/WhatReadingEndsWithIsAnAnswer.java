package dev.trmarena.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trmarena.http.refuse.Refusal;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A reader may end with what is no exception: it is refused as any other file, and only what ends a JVM goes on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatReadingEndsWithIsAnAnswer {
    private final Logger log = Logger.getLogger(ReadUpload.class.getName());
    private final StringBuilder logged = new StringBuilder();
    private final Handler listens = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.append(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(listens);
    }

    @AfterEach
    void listen_no_more() {
        log.removeHandler(listens);
    }

    /** The trace of such an end has a thousand lines, 68 kB of them. */
    @Test
    void no_stack_left() {
        Refusal refusal = refusal(() -> deeper(0));
        assertThat(logged).contains("step_1 ran out of stack").hasSizeLessThan(500);
        assertThat(refusal.problem().status()).isEqualTo(422);
        assertThat(refusal.problem().title()).startsWith("step_1: ").contains("nested too deeply");
        assertThat(refusal).hasNoCause();
    }

    @Test
    void a_class_that_is_not_there() {
        Refusal refusal = refusal(() -> {
            throw new NoClassDefFoundError("org/tukaani/xz/XZInputStream");
        });
        assertThat(logged).contains("XZInputStream").hasSizeLessThan(500);
        assertThat(refusal.problem().status()).isEqualTo(500);
        assertThat(refusal.problem().remedy()).isNotBlank();
    }

    @Test
    void what_ends_a_JVM_is_no_answer() {
        assertThatThrownBy(() -> ReadUpload.guarded("step_1", () -> {
                    throw new OutOfMemoryError("test");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    private static Refusal refusal(Supplier<Integer> reading) {
        return catchThrowableOfType(Refusal.class, () -> ReadUpload.guarded("step_1", reading));
    }

    private static int deeper(int depth) {
        return depth < 0 ? 0 : 1 + deeper(depth + 1);
    }
}
