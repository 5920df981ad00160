package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Names, reasons and log lines of others come by the command line; the terminal does nothing that they say. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsPrintedDoesNothing {
    private static final String HOSTILE = "a\u001b]0;title\u0007\u202eb\r";
    private static final String SHOWN = "a\\u001b]0;title\\u0007\\u202eb\\u000d";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintableStream(new PrintStream(bytes, true, Charset.defaultCharset()));

    @Test
    void however_it_is_printed() {
        out.println(HOSTILE);
        out.print(HOSTILE);
        out.println(new StringBuilder(HOSTILE));
        out.printf(Locale.ROOT, "%s%n", HOSTILE);
        out.append(HOSTILE).append('\n');
        out.println(HOSTILE.toCharArray());
        out.flush();
        assertThat(printed()).isEqualTo(SHOWN + "\n" + SHOWN + (SHOWN + "\n").repeat(4));
    }

    @Test
    void and_json_of_any_length_is_still_json() throws Exception {
        var names = new ObjectMapper().createArrayNode();
        for (int i = 0; i < 10_000; i++) {
            names.add(HOSTILE);
        }
        out.println(names);
        assertThat(new ObjectMapper().readTree(printed())).isEqualTo(names);
        assertThat(printed()).doesNotContain("\u202e", "\u001b");
    }

    @Test
    void nor_does_a_name_begin_a_row_of_its_own() {
        new Table("name", "score>").row("honest\nwinner  1.000000", "0.5").print(out);
        assertThat(printed().lines()).hasSize(2).last().asString().startsWith("honest\\u000awinner");
    }

    @Test
    void only_the_bar_moves_the_cursor() {
        PrintableStream.raw(out, "\r\u001b[K");
        assertThat(printed()).isEqualTo("\r\u001b[K");
    }

    private String printed() {
        return bytes.toString(Charset.defaultCharset());
    }
}
