package dev.trmarena.solver;

import dev.trmarena.solver.model.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code docs/parity.md}: what the code's own bounds are, and what was found on one machine. */
final class ParityTable {
    /** The file that is to be written, below the project's folder. */
    private static final String TARGET = "arena.parity";

    private static final Path ROOT = Path.of(System.getProperty("arena.root", ".."));

    static final Path FILE = ROOT.resolve("docs/parity.md");

    private final List<String> cases = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    /** What does not depend on a machine. */
    static List<String> head() {
        return String.format(
                        Locale.ROOT,
                        """
                        # Parity with the authors' code

                        Largest absolute deviation from what the authors' code gave, for every golden case and every kind of kernels that the machine has.
                        Written by the test `TheNetworksGiveTheAuthorsNumbers`, which also holds the bounds. To renew it:

                        ```sh
                        ./mvnw -pl solver-worker -am test -Dtest=TheNetworksGiveTheAuthorsNumbers \\
                          -Dsurefire.failIfNoSpecifiedTests=false -D%s=docs/parity.md
                        ```

                        - float32: %s at most everywhere, and all predictions equal whose two best logits are not within %.4f.
                        - URM in float32, a part of which is bfloat16 (decision 17): %s at most in logits and q, %s in the mean of them and of the state; %s of the
                          state may lie beyond %s. In bfloat16, %s of the authors' own distance from float32 in the mean.
                        - bfloat16 with exact kernels: %s at most in the logits of every step and in q.
                        - bfloat16 with all kernels, at every step: %s in the mean and %s of the predictions equal; %s of the logits may lie beyond
                          %s. In distances of the authors' own bfloat16 from float32: %s to %s from float32, and %s at most from the authors' bfloat16;
                          over all steps of a run %s to %s, and %s (decision 24).
                        """,
                        TARGET,
                        TheNetworksGiveTheAuthorsNumbers.FLOAT32,
                        TheNetworksGiveTheAuthorsNumbers.TIE,
                        TheNetworksGiveTheAuthorsNumbers.FLOAT32,
                        TheNetworksGiveTheAuthorsNumbers.URM_MEAN,
                        percent(Bfloat16Case.BEYOND),
                        TheNetworksGiveTheAuthorsNumbers.FLOAT32,
                        Bfloat16Case.STEP.deviation(),
                        Bfloat16Case.LARGEST,
                        Bfloat16Case.MEAN,
                        percent(Bfloat16Case.EQUAL),
                        percent(Bfloat16Case.BEYOND),
                        Bfloat16Case.LARGEST,
                        Bfloat16Case.STEP.least(),
                        Bfloat16Case.STEP.most(),
                        Bfloat16Case.STEP.deviation(),
                        Bfloat16Case.RUN.least(),
                        Bfloat16Case.RUN.most(),
                        Bfloat16Case.RUN.deviation())
                .lines()
                .toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** Begins the line of a case, whose name is followed by what it was run in. */
    static String line(String name) {
        return "| " + name + " |";
    }

    /** @param cells deviations of the first, second and last step's logits, of q and of the first state */
    synchronized void add(String name, String dtype, Kernels kernels, int count, List<Deviation> cells, double equal) {
        var text = new StringBuilder(line(name) + " " + dtype + " | " + label(kernels) + " | " + count + " |");
        cells.forEach(cell ->
                text.append(' ').append(cell == Deviation.NONE ? "–" : cell).append(" |"));
        cases.add(text + String.format(Locale.ROOT, " %.4f |", equal));
    }

    /** The steps of a case in bfloat16. */
    synchronized void add(String name, Kernels kernels, List<Bfloat16Case.Figures> figures) {
        for (Bfloat16Case.Figures step : figures) {
            steps.add(line(name)
                    + String.format(
                            Locale.ROOT,
                            " %s | %d | %.3f | %s | %s | %s |",
                            label(kernels),
                            step.step(),
                            step.spread(),
                            known(step, step.apart().orElse(0), "%.3f"),
                            known(step, step.deviation().beyond(Bfloat16Case.LARGEST), "%.4f"),
                            known(step, step.equal(), "%.4f")));
        }
    }

    private static String known(Bfloat16Case.Figures step, double value, String format) {
        return step.deviation() == Deviation.NONE ? "–" : String.format(Locale.ROOT, format, value);
    }

    private static String label(Kernels kernels) {
        return kernels.name().toLowerCase(Locale.ROOT);
    }

    /** To {@code target/parity.md}, and to where it is asked for. */
    synchronized void write() throws IOException {
        var lines = new ArrayList<>(head());
        lines.addAll(List.of(
                "",
                "This one is from " + processor() + ".",
                "",
                "| case | type | kernels | steps | logits, step 1 | step 2 | last step | q | carry | equal predictions |",
                "|---|---|---|---:|---:|---:|---:|---:|---:|---:|"));
        lines.addAll(cases.stream().sorted().toList());
        lines.addAll(List.of(
                "",
                "## bfloat16, step by step",
                "",
                "Mean distances, in those of the authors' bfloat16 from float32. The authors' logits of step 3 are not known.",
                "",
                "| case | kernels | step | from float32 | from the authors' bfloat16 | share beyond "
                        + Bfloat16Case.LARGEST + " | equal predictions |",
                "|---|---|---:|---:|---:|---:|---:|"));
        lines.addAll(steps.stream().sorted().toList());
        Files.write(Path.of("target", "parity.md"), lines);
        @Nullable String target = System.getProperty(TARGET);
        if (target != null) {
            Files.write(ROOT.resolve(target), lines);
        }
    }

    /** What sums are made with, as far as the system tells. */
    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        List<String> told = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        String flags = String.join(" ", told);
        List<String> vectors = List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");
        String name = IntStream.range(0, told.size())
                .mapToObj(told::get)
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("a processor without a name");
        String has = String.join(", ", vectors.stream().filter(flags::contains).toList());
        return "a CPU with " + (has.isEmpty() ? "none of " + vectors : has) + " (" + name + ")";
    }
}
