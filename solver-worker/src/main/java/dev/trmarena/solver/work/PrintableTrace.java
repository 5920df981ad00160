package dev.trmarena.solver.work;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.trmarena.limits.Printable;
import java.util.stream.Collectors;

/** {@code %thrown} in {@code logback.xml}: a stack trace, each of whose lines is set in, also those that an error's message has. */
public final class PrintableTrace extends ThrowableProxyConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return super.convert(event)
                .lines()
                .map(line -> "\t" + Printable.line(line) + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
