package dev.trmarena.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Nobody writes a line into a service's log by what he calls something. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALogLineIsOneLine {
    private static final String HOSTILE = "x\n12:00:00 INFO  all is well\u001b[2J\u202e";
    private static final String SHOWN = "x\\u000a12:00:00 INFO  all is well\\u001b[2J\\u202e";

    @Test
    void though_what_is_said_in_it_has_others() {
        var record = new ExtLogRecord(Level.INFO, "refused %s, {0} and %d", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {HOSTILE, 7});
        assertThat(logged(record)).isEqualTo("refused " + SHOWN + ", {0} and 7\n");
    }

    @Test
    void and_so_is_each_line_of_a_trace() {
        var inner = new IllegalStateException(HOSTILE);
        var thrown = new IllegalArgumentException("outer", inner);
        inner.initCause(thrown);
        var record = new ExtLogRecord(Level.INFO, "trouble", ExtLogRecord.FormatStyle.NO_FORMAT, "test");
        record.setThrown(thrown);
        assertThat(logged(record))
                .startsWith("trouble\n    java.lang.IllegalArgumentException: outer\n        at "
                        + getClass().getName())
                .containsOnlyOnce("\n    caused by java.lang.IllegalStateException: " + SHOWN + "\n        at ")
                .doesNotContain("\u001b");
        assertThat(logged(record).lines().skip(1)).allMatch(line -> line.startsWith("    "));
    }

    private static String logged(ExtLogRecord record) {
        assertThat(new PrintableLogs().isLoggable(record))
                .as("none is left out")
                .isTrue();
        return new PatternFormatter("%s%e%n").format(record);
    }
}
