package dev.trmarena.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever a turn throws is said and the next one follows; a turn that does not end is seen. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALoopNeverEndsInSilence {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Loops loops = new Loops();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TroubleLog.class);

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(said);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                NoClassDefFoundError.class,
                AssertionError.class,
                StackOverflowError.class,
                Exception.class,
                InterruptedException.class
            })
    void a_turn_may_throw_anything(Class<? extends Throwable> type) throws Exception {
        var turns = new AtomicInteger();
        PollingLoop loop = loops.loop("thrower", "throw things", LONG, () -> {
            if (turns.incrementAndGet() < 3) {
                throwIt(type);
            }
            return Duration.ofHours(1);
        });
        loop.start();
        await().until(() -> turns.get() == 3 && events(Level.INFO).size() == 1);
        assertThat(loop.steady()).isTrue();
        assertThat(loops.troubles()).isEmpty();
        assertThat(said.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)))
                .as("said once, however often it comes")
                .hasSize(1)
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).contains("cannot throw things"));
        assertThat(events(Level.INFO)).containsExactly("throw things: works again");
        loop.stop();
    }

    private static void throwIt(Class<? extends Throwable> type) throws Exception {
        Throwable thrown = type.getDeclaredConstructor().newInstance();
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }

    @Test
    void what_a_turn_held_is_let_go_of_after_trouble() throws Exception {
        var letGo = new CountDownLatch(2);
        var ended = new CountDownLatch(1);
        PollingLoop loop = loops.loop("holder", "hold on", LONG, new PollingLoop.Turn() {
            @Override
            public Duration turn() {
                throw new IllegalArgumentException("gone");
            }

            @Override
            public void troubled() {
                letGo.countDown();
                throw new AssertionError("and letting go fails, too");
            }

            @Override
            public void ended() {
                ended.countDown();
            }
        });
        loop.start();
        assertThat(letGo.await(30, TimeUnit.SECONDS)).isTrue();
        loop.stop();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(loops.names()).as("what was stopped is not waited for").isEmpty();
    }

    @Test
    void a_turn_that_does_not_end_is_seen_until_it_does() throws Exception {
        var hangs = new CountDownLatch(1);
        PollingLoop loop = loops.loop("sleeper", "get up", Duration.ofMillis(100), () -> {
            hangs.await();
            return Duration.ofHours(1);
        });
        PollingLoop other = loops.loop("other", "go on", LONG, () -> Duration.ofMillis(1));
        loop.start();
        other.start();
        await().until(() -> !loop.steady());
        assertThat(loops.troubles()).hasSize(1).first().asString().startsWith("sleeper: at the same thing for");
        hangs.countDown();
        await("a long pause is no long turn").until(() -> loops.troubles().isEmpty());
        loop.stop();
        other.stop();
    }

    @Test
    void a_long_turn_that_gets_on_is_well() throws Exception {
        var goOn = new CountDownLatch(1);
        var saidOften = new CountDownLatch(20);
        var loop = new PollingLoop[1];
        loop[0] = loops.loop("long", "take long", Duration.ofSeconds(1), () -> {
            // Longer than a turn may take without a word.
            for (int i = 0; i < 20; i++) {
                assertThat(goOn.await(100, TimeUnit.MILLISECONDS)).isFalse();
                loop[0].getsOn();
                assertThat(loops.troubles()).isEmpty();
                saidOften.countDown();
            }
            return Duration.ofHours(1);
        });
        loop[0].start();
        assertThat(saidOften.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.list).isEmpty();
        loop[0].stop();
    }

    @Test
    void a_thread_that_ends_all_the_same_is_seen() {
        var broken = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                throw new AssertionError("nothing can be said any more");
            }
        };
        broken.start();
        logger.addAppender(broken);
        try {
            PollingLoop loop = loops.loop("mortal", "live", LONG, () -> {
                throw new IllegalStateException("once");
            });
            loop.start();
            await().until(() -> loops.troubles().equals(List.of("mortal: its thread has ended")));
            assertThat(loop.steady()).isFalse();
        } finally {
            logger.detachAppender(broken);
        }
    }

    @Test
    void a_job_is_watched_by_the_same_rule() throws Exception {
        PeriodicJob job = loops.job("job", "do a job", LONG, Duration.ofMillis(100));
        assertThat(loops.names()).containsExactly("job");
        for (int i = 0; i < 3; i++) {
            job.run(() -> {
                throw new NoClassDefFoundError("made by the test");
            });
        }
        assertThat(events(Level.ERROR)).containsExactly("cannot do a job, trying until it works");
        job.run(() -> {
            await("while it hangs").until(() -> !loops.troubles().isEmpty());
            assertThat(loops.troubles()).first().asString().startsWith("job: at the same thing for");
            job.getsOn();
            assertThat(loops.troubles()).isEmpty();
        });
        assertThat(events(Level.INFO)).containsExactly("do a job: works again");
        assertThat(loops.troubles()).isEmpty();
    }

    @Test
    void a_job_that_nobody_begins_any_more_is_seen() {
        PeriodicJob job = loops.job("job", "do a job", Duration.ofMillis(50), Duration.ofMillis(50));
        await().until(() -> !loops.troubles().isEmpty());
        assertThat(loops.troubles()).first().asString().startsWith("job: not begun for");
        job.run(() -> assertThat(loops.troubles()).isEmpty());
    }

    @Test
    void without_memory_the_process_ends_and_says_why() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunsOutOfMemory.class.getName())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isEqualTo(PollingLoop.BROKEN);
        assertThat(out).contains("cannot remember everything").contains("made by the test");
    }

    private List<String> events(Level level) {
        return said.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
