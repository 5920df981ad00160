package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.logmanager.ExtHandler;
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
    private static final int KEY = (8 << 20) - 100;

    @Inject
    Client client;

    @Test
    void but_as_letters_and_numbers() {
        Handler console = console();
        var record = new ExtLogRecord(Level.WARNING, "solver %s ended", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"s\n00:00:00 ERROR \u001b[2J"});
        assertThat(console.isLoggable(record)).isTrue();
        assertThat(console.getFormatter().format(record))
                .endsWith(": solver s\\u000a00:00:00 ERROR \\u001b[2J ended\n");
    }

    /** A pickle that is nearly one key was quoted whole: 79 MB of log for ten requests of a hundred bytes. */
    @Test
    void nor_whole_when_it_has_eight_megabytes() throws IOException {
        String checkpoint = client.uploaded("key.pt", torch(pickleOfOneKey()));
        var logged = new AtomicLong();
        Handler console = console();
        Handler counts = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord record) {
                logged.addAndGet(console.getFormatter().format(record).length());
            }
        };
        Logger everything = Logger.getLogger("");
        everything.addHandler(counts);
        try {
            for (int i = 0; i < 10; i++) {
                assertRefused(
                        client.post("/api/inspections", Map.of("checkpoint", checkpoint)), 422, "kkk", "not a tensor");
            }
        } finally {
            everything.removeHandler(counts);
        }
        // 232 bytes each, and what else the service says meanwhile.
        assertThat(logged.get()).isBetween(1L, 20_000L);
        given().delete("/api/uploads/" + checkpoint).then().statusCode(204);
    }

    private static Handler console() {
        return Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findAny()
                .orElseThrow();
    }

    /** An empty dict, the key, a number, and the two are put into it. */
    private static byte[] pickleOfOneKey() {
        var key = new byte[KEY];
        Arrays.fill(key, (byte) 'k');
        ByteBuffer pickle = ByteBuffer.allocate(KEY + 20).order(ByteOrder.LITTLE_ENDIAN);
        pickle.put(new byte[] {(byte) 0x80, 2, '}', 'X'}).putInt(KEY).put(key);
        pickle.put(new byte[] {'K', 1, 's', '.'});
        return Arrays.copyOf(pickle.array(), pickle.position());
    }

    private static byte[] torch(byte[] pickle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var sum = new CRC32();
            sum.update(pickle);
            var entry = new ZipEntry("archive/data.pkl");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(pickle.length);
            entry.setCrc(sum.getValue());
            zip.putNextEntry(entry);
            zip.write(pickle);
        }
        return bytes.toByteArray();
    }
}
