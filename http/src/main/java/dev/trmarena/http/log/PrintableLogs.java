package dev.trmarena.http.log;

import dev.trmarena.limits.Printable;
import io.quarkus.logging.LoggingFilter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a service logs is one line a message, whoever the words in it are of: what would begin another line, or act on the terminal
 * of whoever reads it, is written as a number. A filter, since that is what Quarkus asks about each message; it refuses none. Named
 * in each {@code application.properties}.
 */
@LoggingFilter(name = "printable")
public final class PrintableLogs implements Filter {
    /** Deeper than any trace of ours; a circle of causes ends, too. */
    private static final int MOST_FRAMES = 400;

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord logged) {
            String message = Printable.line(String.valueOf(logged.getFormattedMessage()));
            Throwable thrown = logged.getThrown();
            if (thrown != null) {
                message += trace(thrown);
                logged.setThrown(null);
            }
            // Formatted already: what looks like a parameter is none.
            logged.setMessage(message, ExtLogRecord.FormatStyle.NO_FORMAT);
            logged.setParameters(null);
        }
        return true;
    }

    /** Each of its lines is set in, and an error's message has one. */
    static String trace(Throwable thrown) {
        var text = new StringBuilder();
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        String what = "\n    ";
        int frames = 0;
        for (@Nullable Throwable each = thrown; each != null && told.add(each); each = each.getCause()) {
            text.append(what).append(Printable.line(each.toString()));
            for (StackTraceElement frame : each.getStackTrace()) {
                if (++frames > MOST_FRAMES) {
                    return text.append("\n        …").toString();
                }
                text.append("\n        at ").append(frame);
            }
            what = "\n    caused by ";
        }
        return text.toString();
    }
}
