package dev.trmarena.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A megabyte in a message makes a sentence about it, not a megabyte in a log. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsWrongIsQuotedShort {
    private static final String LONG = "x".repeat(1 << 20);

    @Test
    void a_word_that_is_none() {
        refused("{\"type\":\"failed\",\"evaluation\":\"" + UUID.randomUUID() + "\",\"delivery\":\"" + UUID.randomUUID()
                + "\",\"unit\":0,\"solver\":\"s\",\"kind\":\"" + LONG + "\",\"reason\":\"why\",\"log\":[]}");
    }

    @Test
    void a_name_that_is_too_long_is_not_quoted_at_all() {
        refused("{\"type\":\"redelivered\",\"evaluation\":\"" + UUID.randomUUID()
                + "\",\"unit\":0,\"handout\":1,\"solver\":\"" + LONG + "\"}");
    }

    @Test
    void a_field_that_is_not_known() {
        refused("{\"type\":\"redelivered\",\"" + LONG.substring(0, 40_000) + "\":1}");
    }

    private static void refused(String message) {
        assertThatThrownBy(() -> Json.read(message.getBytes(StandardCharsets.UTF_8), Outcome.class))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(3000));
    }
}
