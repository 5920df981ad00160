package dev.trmarena.solver.work;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.trmarena.limits.Printable;

/** {@code %said} in {@code logback.xml}: a message as one line, whoever the words in it are of. */
public final class PrintableMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Printable.line(String.valueOf(super.convert(event)));
    }
}
