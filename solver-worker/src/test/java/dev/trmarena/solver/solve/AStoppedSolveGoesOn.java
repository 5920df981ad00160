package dev.trmarena.solver.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.StepResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./arena solve} takes any number of examples, and a kill costs a second of its work. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AStoppedSolveGoesOn {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/sudoku-4x4");
    private static final int LENGTH = 16;
    private static final LocalSolve.Progress NOBODY = (examples, of) -> {};
    private static final List<String> ARRAYS =
            List.of("preds.npy", "q_halt.npy", "q_continue.npy", "logits_step2.npy", "logits_steplast.npy");

    @TempDir
    Path folder;

    private Path inputs;
    private Path identifiers;
    private @Nullable Process process;

    @BeforeEach
    void name_the_files() {
        inputs = folder.resolve("inputs.npy");
        identifiers = folder.resolve("identifiers.npy");
    }

    @AfterEach
    void end_what_runs() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void after_a_kill_with_the_same_bytes_as_if_nothing_had_happened() throws Exception {
        repeatTheDemo(100);
        LocalSolve.Request undisturbed = request("undisturbed");
        assertThat(LocalSolve.run(undisturbed, NOBODY).before()).isZero();
        LocalSolve.Request killed = request("killed");
        killAfter(24, killed);
        // The first batch is recorded at once, others when a second has passed.
        int done = done(killed.out());
        assertThat(done).isBetween(8, 24);
        assertThat(ARRAYS).noneMatch(array -> Files.exists(killed.out().resolve(array)));
        assertThat(LocalSolve.run(killed, NOBODY).before()).isEqualTo(done);
        for (String array : ARRAYS) {
            assertThat(killed.out().resolve(array))
                    .hasSameBinaryContentAs(undisturbed.out().resolve(array));
        }
        try (var files = Files.list(killed.out())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing of the killed process stays")
                    .hasSize(ARRAYS.size() + 1)
                    .contains("solve.json");
        }
        assertThat(LocalSolve.run(killed, NOBODY)).isEqualTo(new LocalSolve.Summary(100, 100, 4, 0, List.of()));
        // Killed while the arrays got their names.
        Files.move(killed.out().resolve("preds.npy"), killed.out().resolve("preds.npy.part"));
        assertThat(LocalSolve.run(killed, NOBODY).before()).isEqualTo(100);
        assertThat(killed.out().resolve("preds.npy"))
                .hasSameBinaryContentAs(undisturbed.out().resolve("preds.npy"));
        refusesAnotherRun(killed);
    }

    private void refusesAnotherRun(LocalSolve.Request solved) throws IOException {
        var other = new LocalSolve.Request(
                solved.checkpoint(),
                null,
                null,
                Map.of("H_cycles", "2"),
                solved.inputs(),
                solved.puzzleIdentifiers(),
                solved.out(),
                Set.of("2"),
                8,
                Dtype.BFLOAT16);
        assertThatThrownBy(() -> LocalSolve.run(other, NOBODY))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("solve.json")
                .hasMessageContaining("--dtype was FLOAT32, now it is BFLOAT16")
                .hasMessageContaining("setting hCycles was 1, now it is 2")
                .hasMessageContaining("--save-logits was 2,last, now it is 2")
                .satisfies(
                        refused -> assertThat(((InputProblem) refused).remedy()).contains("--out", "delete"))
                .hasMessageNotContainingAny("--inputs was", "--checkpoint was", "--batch was");
        repeatTheDemo(96);
        assertThatThrownBy(() -> LocalSolve.run(solved, NOBODY))
                .hasMessageContaining("--inputs was ")
                .hasMessageNotContaining("--dtype was");
    }

    /** The inputs are larger than the heap, the answers several times. */
    @Test
    void in_a_heap_that_neither_inputs_nor_answers_fit_in() throws Exception {
        int examples = 5_000_000;
        sparse(inputs, "u1", examples, LENGTH);
        sparse(identifiers, "i4", examples);
        LocalSolve.Request request = request("out");
        killAfter(8, request);
        int done = done(request.out());
        assertThat(done).isPositive();
        killAfter(done + 16, request);
        assertThat(done(request.out())).isGreaterThan(done);
        int[] preds = ints(request.out().resolve("preds.npy.part"), (done + 16) * LENGTH);
        for (int i = 0; i < preds.length; i++) {
            // All examples are the same, so are all answers.
            assertThat(preds[i]).isEqualTo(preds[i % LENGTH]);
        }
    }

    private void killAfter(int examples, LocalSolve.Request request) throws Exception {
        Process solving = SolveInAnotherProcess.start(request, examples);
        process = solving;
        try (var out = new BufferedReader(new InputStreamReader(solving.getInputStream(), StandardCharsets.UTF_8))) {
            String said = out.readLine();
            while (said != null && !said.startsWith("solved")) {
                said = out.readLine();
            }
            assertThat(said).as("it lives until then").isNotNull();
        }
        solving.destroyForcibly().waitFor();
    }

    private LocalSolve.Request request(String out) {
        return SolveInAnotherProcess.request(DEMO.resolve("step_484"), inputs, identifiers, folder.resolve(out));
    }

    @Test
    void unless_another_process_is_at_it() throws IOException {
        try (var mine = OutputFolder.take(folder)) {
            assertThat(mine.work()).isEmptyDirectory();
            assertThatThrownBy(() -> OutputFolder.take(folder))
                    .isInstanceOf(InputProblem.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("another process");
        }
        OutputFolder.take(folder).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void with_what_no_batch_reached_as_nan() throws IOException {
        var shape = new ResultArrays.Shape(5, 2, 3);
        try (var recording = new ResultArrays(folder, shape, Set.of("2", "last"), 0)) {
            batch(recording, 0, 2, 1);
            recording.sync();
        }
        // Another process goes on.
        try (var recording = new ResultArrays(folder, shape, Set.of("2", "last"), 1)) {
            batch(recording, 2, 2, 3);
            batch(recording, 4, 1, 2);
            assertThat(recording.steps()).isEqualTo(3);
            recording.finish();
        }
        float none = Float.NaN;
        assertThat(floats("q_halt.npy", 3, 5))
                .containsExactly(100, 101, 102, 103, 104, none, none, 202, 203, 204, none, none, 302, 303, none);
        assertThat(floats("q_continue.npy", 3, 5)[7]).isEqualTo(-202);
        assertThat(floats("logits_step2.npy", 5, 2, 3)).startsWith(none, none).endsWith(2.4f, 2.4f);
        assertThat(floats("logits_steplast.npy", 5, 2, 3))
                .startsWith(1.0f, 1.0f)
                .endsWith(2.4f, 2.4f);
        NpyArray preds = Npy.open(folder.resolve("preds.npy"));
        assertThat(preds.type()).isEqualTo("i4");
        assertThat(preds.shape()).containsExactly(5, 2);
        assertThat(List.of(preds.longAt(0), preds.longAt(4), preds.longAt(9))).containsExactly(1L, 3L, 2L);
    }

    /** So many steps; each row says which it is and after which step. */
    private static void batch(ResultArrays recording, int first, int rows, int steps) throws IOException {
        recording.begin(first, rows);
        for (int step = 1; step <= steps; step++) {
            boolean last = step == steps;
            float[] halt = new float[rows];
            float[] go = new float[rows];
            float[] logits = new float[last || step == 2 ? rows * 6 : 0];
            int[] tokens = new int[last ? rows * 2 : 0];
            for (int b = 0; b < rows; b++) {
                halt[b] = 100 * step + first + b;
                go[b] = -halt[b];
                for (int i = 0; i < 6 && logits.length > 0; i++) {
                    logits[b * 6 + i] = step + (first + b) / 10f;
                }
            }
            Arrays.fill(tokens, step);
            recording.keep(new StepResult(step, last, new int[rows], rows, tokens, logits, halt, go, List.of()));
        }
        recording.end();
    }

    private float[] floats(String name, int... shape) throws IOException {
        NpyArray array = Npy.open(folder.resolve(name));
        assertThat(array.shape()).containsExactly(shape);
        float[] values = new float[(int) array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.floatAt(i);
        }
        return values;
    }

    private void repeatTheDemo(int examples) throws IOException {
        NpyArray demo = Npy.open(DEMO.resolve("dataset/test/all__inputs.npy"));
        byte[] tokens = new byte[examples * LENGTH];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) demo.longAt(i % demo.count());
        }
        Npy.writeUint8(inputs, tokens, examples, LENGTH);
        Npy.writeInt32(identifiers, new int[examples], examples);
    }

    /** Zeros that take no room on the disk. */
    private static void sparse(Path file, String type, int... shape) throws IOException {
        byte[] header = Npy.header(type, shape);
        long length = type.charAt(1) - '0';
        for (int size : shape) {
            length *= size;
        }
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(header);
            out.setLength(header.length + length);
        }
    }

    /** Examples that the record says are there. */
    private static int done(Path out) throws IOException {
        Path record = out.resolve("solve.json");
        return Files.exists(record)
                ? JSON.readTree(record.toFile()).path("done").asInt()
                : 0;
    }

    private static int[] ints(Path file, int count) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining() && channel.read(bytes, 128L + bytes.position()) >= 0) {
                continue;
            }
            int[] values = new int[count];
            bytes.flip().asIntBuffer().get(values);
            return values;
        }
    }
}
