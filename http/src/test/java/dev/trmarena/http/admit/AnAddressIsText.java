package dev.trmarena.http.admit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NUL, halves of a character and endless parts come no further than the door. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnAddressIsText {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/models/tr%C3%A9s%20bien", "/a%2Fb", "/%F0%9F%A6%86", "/é%E9", "//", "*"})
    void whatever_the_language(String path) {
        // Raw bytes come as characters of Latin 1: C3 A9 as two of them.
        assertThat(AddressText.refuses(path.replace("é%E9", "\u00c3\u00a9"), "after=tr%C3%A9s+bien&x"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "a%00b",
                "%ED%A0%80",
                "%ED%B0%80",
                "%C3",
                "%FF",
                "%C0%80",
                "%F5%80%80%80",
                "%4",
                "%",
                "%zz",
                "%-1",
                "\u20ac"
            })
    void and_nothing_else(String part) {
        assertThat(AddressText.refuses("/api/models/" + part, null))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
        assertThat(AddressText.refuses("/api/models", "after=" + part))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void of_parts_no_longer_than_the_name_of_a_file() {
        assertThat(AddressText.refuses("/" + "x".repeat(255) + "/" + "%C3%A9".repeat(127), null))
                .isNull();
        assertThat(AddressText.refuses("/" + "x".repeat(256), null)).isNotNull();
        assertThat(AddressText.refuses("/a/" + "%C3%A9".repeat(128) + "/b", null))
                .isNotNull();
        assertThat(AddressText.refuses("/", "after=" + "x".repeat(300))).isNull();
    }
}
