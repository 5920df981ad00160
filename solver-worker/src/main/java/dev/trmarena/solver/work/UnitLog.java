package dev.trmarena.solver.work;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.trmarena.limits.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last lines that this process logs, so that a unit that fails can be told with them. */
final class UnitLog extends AppenderBase<ILoggingEvent> {
    private static final int MOST_LINES = 60;
    private static final int LONGEST_LINE = 1000;
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %level %logger{0}: %msg%n%ex{8}";

    private final Deque<String> lines = new ArrayDeque<>();
    private long count;
    private final PatternLayout layout = new PatternLayout();

    /** Listens from now on; to be stopped. Nothing is kept when something else than Logback does the logging. */
    static UnitLog listening() {
        var log = new UnitLog();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            log.layout.setContext(context);
            log.layout.setPattern(PATTERN);
            log.layout.start();
            log.setContext(context);
            log.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
        }
        return log;
    }

    /** How many lines there were so far: a unit begins. */
    synchronized long now() {
        return count;
    }

    /** The last of those that were logged since. @param then what {@link #now} said */
    synchronized List<String> since(long then) {
        return lines.stream().skip(Math.max(0, lines.size() - (count - then))).toList();
    }

    @Override
    protected void append(ILoggingEvent event) {
        String text = layout.doLayout(event);
        synchronized (this) {
            text.lines().map(Printable::line).forEach(line -> {
                count++;
                lines.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
                if (lines.size() > MOST_LINES) {
                    lines.remove();
                }
            });
        }
    }

    @Override
    public void stop() {
        if (context instanceof LoggerContext logging) {
            logging.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        }
        super.stop();
    }
}
