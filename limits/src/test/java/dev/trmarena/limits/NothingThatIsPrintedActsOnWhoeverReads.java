package dev.trmarena.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log line is one line of letters, whatever somebody calls a task, a solver or a file. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingThatIsPrintedActsOnWhoeverReads {
    /** By the number of the character; the names are for people. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "a, line feed",
        "d, carriage return",
        "0, nul",
        "1b, escape",
        "8, backspace",
        "7f, delete",
        "9b, control sequence of C1",
        "85, next line of C1",
        "ad, soft hyphen",
        "200b, zero width space",
        "200e, left-to-right mark",
        "202e, right-to-left override",
        "2066, isolate",
        "2028, line separator",
        "2029, paragraph separator",
        "feff, byte order mark",
        "d800, half of a character"
    })
    void what_is_no_letter_is_written_as_a_number(String number, String name) {
        String character = Character.toString(Integer.parseInt(number, 16));
        assertThat(Printable.line("before" + character + "behind"))
                .as(name)
                .isEqualTo("before\\u" + "0".repeat(4 - number.length()) + number + "behind");
    }

    @Test
    void so_are_the_ones_beyond_the_first_plane_by_both_their_halves() {
        assertThat(Printable.line(Character.toString(0xe0041))).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void letters_of_all_languages_and_tabs_stay() {
        String text = "größer\t数独 🧩 العربية \\n";
        assertThat(Printable.line(text)).isSameAs(text);
    }

    @Test
    void lines_stay_only_where_they_are_wanted() {
        assertThat(Printable.lines("one\ntwo\u001b[2J\r\n")).isEqualTo("one\ntwo\\u001b[2J\\u000d\n");
        assertThat(Printable.line("one\ntwo")).isEqualTo("one\\u000atwo");
    }

    @Test
    void a_line_ends_somewhere() {
        String endless = "x".repeat(1_000_000);
        assertThat(Printable.line(endless))
                .hasSizeLessThan(Printable.LONGEST_LINE + 100)
                .endsWith("… (991808 more characters)");
        assertThat(Printable.lines(endless + "\nshort\n" + endless))
                .as("what a program reads is whole")
                .isEqualTo(endless + "\nshort\n" + endless);
    }
}
