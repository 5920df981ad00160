package dev.trmarena.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A file that is something else is called what it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheCommonestMistakesHaveTheirOwnWords {
    @Test
    void pages_and_pointers() {
        assertThat(what("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 27341094\n"))
                .contains("pointer of Git LFS");
        assertThat(what("\n<!DOCTYPE html>\n<html lang=\"en\">")).contains("an HTML page");
        assertThat(what("<html><body>404</body></html>")).contains("an HTML page");
    }

    @Test
    void texts() {
        assertThat(what("source,question,answer,rating\na,1...,1234,0\n")).contains("a CSV");
        assertThat(what("\ufeffsource;question;answer;rating\r\n")).contains("a CSV");
        assertThat(what("arch:\n  name: trm@Trm, x, y\n")).contains("YAML");
        assertThat(what("{\"vocab_size\": 6}")).contains("JSON");
        assertThat(what("Dear all,\nhere are the weights.\n")).isEqualTo("it is text");
        assertThat(what("é".repeat(5000).substring(0, 2047) + "é")).isEqualTo("it is text");
    }

    @Test
    void pictures_arrays_and_archives() {
        assertThat(what(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}))
                .contains("PNG picture");
        assertThat(what(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}))
                .contains("NumPy array");
        assertThat(what(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0})).contains("packed by xz");
    }

    @Test
    void a_copy_that_was_not_finished() {
        assertThat(what(new byte[4096])).contains("begins with zeros");
    }

    @Test
    void what_looks_like_nothing_has_no_words() {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        assertThat(OtherFile.of(noise)).isEmpty();
        assertThat(OtherFile.of(new byte[0])).isEmpty();
    }

    private static String what(String text) {
        return what(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String what(byte[] head) {
        OtherFile other = OtherFile.of(head).orElseThrow();
        assertThat(other.remedy()).isNotBlank();
        return other.what();
    }
}
