package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 600 MB reaches the store from the browser although the process that takes it in is killed twice meanwhile. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALargeUploadIsCutOffTwice {
    private static final long SIZE = 600L << 20;
    private static final long[] CUT_OFF_AT = {SIZE / 5, SIZE / 5 * 3};
    /** Hashing by the processor's own instructions is what the optimising compiler is for. */
    private static final Map<String, String> AS_SHIPPED = Map.of("JDK_JAVA_OPTIONS", "");

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(20);
    /** Less than the file; the heap may take 256 MB of it. */
    private static final long MOST_KILOBYTES = 500_000;

    @TempDir
    Path folder;

    @Test
    void and_comes_in_whole() throws Exception {
        Path file = folder.resolve("step_1000000");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE);
            // So that no two places of it are the same byte by accident of being empty.
            for (long at = 0; at < SIZE; at += 1 << 20) {
                sparse.seek(at);
                sparse.writeLong(at);
            }
        }
        Path data = folder.resolve("data");
        try (var platform = Platform.up(data, AS_SHIPPED, "--no-demo");
                var browser = new Browser()) {
            Page page = browser.page(1280, 900);
            page.navigate(platform.url() + "/submit");
            page.getByLabel("Checkpoint", new Page.GetByLabelOptions().setExact(true))
                    .setInputFiles(file);
            for (long bytes : CUT_OFF_AT) {
                killAt(bytes, platform, data);
            }
            await().atMost(PATIENCE).pollInterval(POLL).until(() -> partial(data) >= SIZE / 5 * 4);
            page.reload();
            assertThat(page.getByText("are uploaded already. Choose the file again"))
                    .isVisible(soon());
            page.getByLabel("Checkpoint", new Page.GetByLabelOptions().setExact(true))
                    .setInputFiles(file);
            assertThat(page.getByText("629 MB, uploaded")).isVisible(soon());
            String digest = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
            Path artifact = data.resolve("artifacts/sha256")
                    .resolve(digest.substring(0, 2))
                    .resolve(digest);
            assertThat(artifact).exists().hasSize(SIZE);
            assertThat(partial(data)).isZero();
            assertThat(peakKilobytes(ingest(platform).orElseThrow())).isLessThan(MOST_KILOBYTES);
            // It is no checkpoint, and the page says so.
            assertThat(page.getByRole(AriaRole.ALERT)).isVisible(soon());
            fromTheCommandLine(platform, data, file);
        }
    }

    /** Cut off once more; that the checkpoint is refused shows that all of it has come. */
    private static void fromTheCommandLine(Platform platform, Path data, Path file) throws Exception {
        Path dataset = Platform.project().resolve("demo/sudoku-4x4/dataset");
        assertThat(platform.run("puzzles", "import", "small", dataset.toString())
                        .exit())
                .isZero();
        Process submit = Arena.start(
                List.of("submit", file.toString(), "--puzzles", "small", "--url", platform.url()), Map.of(), true);
        killAt(SIZE / 2, platform, data);
        String out = new String(submit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(submit.waitFor()).as(out).isNotZero();
        assertThat(out).contains("step_1000000").doesNotContain("connection");
        assertThat(partial(data)).isZero();
    }

    private static void killAt(long bytes, Platform platform, Path data) {
        await().atMost(PATIENCE).pollInterval(POLL).until(() -> partial(data) >= bytes);
        ProcessHandle ingest = ingest(platform).orElseThrow();
        assertThat(partial(data)).as("bytes when it is killed").isLessThan(SIZE);
        ingest.destroyForcibly();
        ingest.onExit().join();
        assertThat(partial(data)).as("bytes that outlive it").isGreaterThanOrEqualTo(bytes);
    }

    private static LocatorAssertions.IsVisibleOptions soon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE.toMillis());
    }

    private static Optional<ProcessHandle> ingest(Platform platform) {
        return platform.launcher()
                .descendants()
                .filter(child ->
                        child.info().commandLine().orElse("").contains("/ingest/target/quarkus-app/quarkus-run.jar"))
                .findFirst();
    }

    /** Bytes of the one file that is on its way. */
    private static long partial(Path data) {
        Path partial = data.resolve("artifacts/partial");
        if (!Files.isDirectory(partial)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(partial)) {
            Optional<Path> only = files.findAny();
            return only.isPresent() ? Files.size(only.get()) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long peakKilobytes(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
