package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The service's console asks {@code PrintableLogs} about each line. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AHostileNameDoesNotReachTheLogRaw {
    @Test
    void but_as_letters_and_numbers() {
        Handler console = Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findAny()
                .orElseThrow();
        var record = new ExtLogRecord(Level.WARNING, "solver %s ended", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"s\n00:00:00 ERROR \u001b[2J"});
        assertThat(console.isLoggable(record)).isTrue();
        assertThat(console.getFormatter().format(record))
                .endsWith(": solver s\\u000a00:00:00 ERROR \\u001b[2J ended\n");
    }
}
