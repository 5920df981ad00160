package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clients/python/arena.py}, as a platform hands it out, run by the system's Python. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ATrainersScriptSubmits {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO = Golden.folder("demo/sudoku-4x4");
    private static final Path CHECKPOINT = DEMO.resolve("step_484");
    private static final Path CONFIG = DEMO.resolve("all_config.yaml");
    private static final String SET = "of-a-trainer";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private Path script;

    private record Said(int exit, String out, String err) {}

    @BeforeEach
    void script(Platform platform) throws Exception {
        assumeTrue(isThere("python3"), "there is no python3 on this machine (Debian: apt-get install python3)");
        HttpResponse<byte[]> served = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/client/arena.py"))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body())
                .isEqualTo(Files.readAllBytes(Platform.project().resolve("clients/python/arena.py")));
        script = Files.write(folder.resolve("arena.py"), served.body());
        imported(platform, SET);
    }

    private static String imported(Platform platform, String set) throws IOException, InterruptedException {
        Arena.Result imported =
                platform.run("puzzles", "import", set, DEMO.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        return set;
    }

    private static boolean isThere(String program) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void it_is_imported_and_goes_on_where_an_upload_was_cut_off_twice(Platform platform) throws Exception {
        int size = (int) Files.size(CHECKPOINT);
        Queue<Integer> cuts = new ConcurrentLinkedQueue<>(List.of(size / 3, size / 3));
        try (var before = new CutConnections(URI.create(platform.url()), cuts)) {
            String program = """
                    import json, sys
                    from arena import Arena
                    sent = []
                    run = Arena(sys.argv[1]).submit(sys.argv[2], puzzles=sys.argv[3], model="py", sent=lambda done, of: sent.append(done))
                    run.wait()
                    print(json.dumps({"scores": run.scores, "ends": run.intervals, "again": sum(b <= a for a, b in zip(sent, sent[1:]))}))
                    """;
            Said said = python(List.of("-c", program, before.url(), CHECKPOINT.toString(), SET));
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(before.left()).as("cuts that did not happen").isZero();
            JsonNode answer = JSON.readTree(said.out());
            double expected = JSON.readTree(
                            DEMO.resolve("expected_metrics.json").toFile())
                    .findValue("exact_accuracy")
                    .asDouble();
            assertThat(answer.required("scores").required("exact_accuracy").asDouble())
                    .isCloseTo(expected, within(1e-6));
            assertThat(answer.required("ends").required("exact_accuracy")).hasSize(2);
            assertThat(answer.required("again").asInt()).isEqualTo(2);
        }
    }

    @Test
    void what_is_refused_is_told_with_its_remedy(Platform platform) throws Exception {
        Path text = Files.writeString(folder.resolve("step_1"), "not a checkpoint\n");
        Said refused = run(platform, "submit", text.toString(), "--puzzles", SET);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("error: ", "step_1", "remedy");
        Said unknown = run(platform, "submit", CHECKPOINT.toString(), "--puzzles", "no-such-set");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("no-such-set");
        assertThat(run(platform, "submit", folder.resolve("gone").toString(), "--puzzles", SET)
                        .err())
                .contains("gone is not there");
        assertThat(run(platform, "submit").exit()).isEqualTo(2);
    }

    @Test
    void a_folder_is_watched_while_a_model_trains(Platform platform) throws Exception {
        String set = imported(platform, "of-a-trainer-watched");
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.copy(CONFIG, run.resolve("all_config.yaml"));
        byte[] first = Files.readAllBytes(CHECKPOINT);
        // As a trainer writes it: the end, which a zip needs, comes last.
        Path half = Files.write(run.resolve("step_100"), Arrays.copyOf(first, first.length / 2));
        Files.write(run.resolve("step_50.tmp"), first);
        String[] watch = {
            "watch", run.toString(), "--puzzles", set, "--model", "grows", "--settle", "0.2", "--every", "0.1"
        };
        Process watching = start(platform, watch);
        try {
            Files.writeString(run.resolve("step_20"), "no checkpoint\n");
            // It has looked at all of the folder when it has refused this one.
            await().atMost(PATIENCE).until(() -> noted(run).contains("refused"));
            assertThat(noted(run)).doesNotContain("step_100", "step_50");
            Files.write(half, first);
            await().atMost(PATIENCE).until(() -> noted(run).contains("step_100"));
            another(CHECKPOINT, run.resolve("step_200"), folder);
            await().atMost(PATIENCE).until(() -> noted(run).contains("step_200"));
        } finally {
            watching.destroy();
            watching.waitFor(10, TimeUnit.SECONDS);
        }
        // Another process goes on where that one was; nothing is submitted twice.
        String before = noted(run);
        Said again = run(platform, with(watch, "--once"));
        assertThat(again.exit()).as("one of them was refused").isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(noted(run)).isEqualTo(before);
        List<String> evaluations = JSON.readTree(before).findValuesAsText("evaluation");
        assertThat(evaluations).hasSize(2).doesNotHaveDuplicates();
        for (String id : evaluations) {
            Said wait = python(List.of(
                    "-c",
                    "import sys; from arena import Arena; print(Arena(sys.argv[1]).evaluation(sys.argv[2]).wait().answer['model'])",
                    platform.url(),
                    id));
            assertThat(wait.out()).as(wait.err()).isEqualTo("grows\n");
        }
    }

    /** Types are there for whoever imports it. */
    @Test
    void every_function_is_annotated() throws Exception {
        String program = """
                import ast, sys
                for each in ast.walk(ast.parse(open(sys.argv[1]).read())):
                    if isinstance(each, ast.FunctionDef):
                        given = [a for a in each.args.args + each.args.kwonlyargs if a.arg != "self"]
                        if any(a.annotation is None for a in given) or each.returns is None and each.name != "__init__":
                            print(each.name)
                """;
        assertThat(python(List.of("-c", program, script.toString())).out()).isEmpty();
    }

    private static String noted(Path run) throws IOException {
        Path state = run.resolve(".arena-watch.json");
        return Files.exists(state) ? Files.readString(state) : "";
    }

    /** Other weights in the same form: a bit of the largest tensor is another. */
    private static void another(Path checkpoint, Path into, Path scratch) throws IOException {
        Path made = scratch.resolve("another");
        try (var from = new ZipFile(checkpoint.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(made))) {
            ZipEntry largest = from.stream()
                    .max(Comparator.comparingLong(ZipEntry::getSize))
                    .orElseThrow();
            for (ZipEntry entry : (Iterable<ZipEntry>)
                    () -> from.stream().<ZipEntry>map(each -> each).iterator()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                bytes[0] ^= (byte) (entry.getName().equals(largest.getName()) ? 1 : 0);
                out.putNextEntry(stored(entry.getName(), bytes));
                out.write(bytes);
                out.closeEntry();
            }
        }
        Files.move(made, into, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ZipEntry stored(String name, byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        return entry;
    }

    private static String[] with(String[] arguments, String more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = more;
        return all;
    }

    private Said run(Platform platform, String... arguments) throws IOException, InterruptedException {
        return finished(start(platform, arguments));
    }

    private Process start(Platform platform, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(script.toString(), "--url", platform.url()));
        all.addAll(List.of(arguments));
        return started(all);
    }

    private Said python(List<String> arguments) throws IOException, InterruptedException {
        return finished(started(arguments));
    }

    private Process started(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("python3", "-B"));
        all.addAll(arguments);
        return new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private Said finished(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), out, Files.readString(folder.resolve("errors")));
    }
}
