package dev.trmarena.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.ExportNetwork;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes all that {@code benchmark/accelerator/accelerator.py} needs on a machine with an accelerator and PyTorch, without Java: the scripts
 * of the networks, weights, inputs, and the outputs of the authors' code (golden cases) or of this machine (published shapes).
 */
@Command(name = "accelerator-folder", description = "Writes the folder that accelerator.py runs on another machine.")
public final class AcceleratorFolder implements Callable<Integer> {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String WEIGHTS = "weights.safetensors";
    private static final int IDENTIFIERS = 1000;
    private static final StepOutputs LOGITS = new StepOutputs(step -> true, step -> true, true, step -> false);
    /** Rows of a published shape whose outputs are known. */
    private static final int ROWS = 2;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write; made when it is not there.")
    Path out;

    @Option(
            names = "--golden",
            defaultValue = "golden/cases/models",
            paramLabel = "DIR",
            description = "Golden cases (default: ${DEFAULT-VALUE}).")
    Path golden;

    @Option(
            names = "--kernels",
            defaultValue = "GENERIC",
            description = "What the scripts compute with: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Kernels kernels;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private AcceleratorFolder() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new AcceleratorFolder())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    /**
     * A case as {@code accelerator.py} reads it.
     *
     * @param expected whose outputs lie beside it
     * @param dtype what those were computed in
     * @param steps after which the last of them are
     * @param flops of one improvement step of one example, products and attention alone; 0 where no rate is measured
     * @param published improvement steps of an evaluation
     */
    record Case(
            String name,
            String expected,
            String dtype,
            int steps,
            double flops,
            int published,
            String architecture,
            HyperParameters hyper,
            ExportNetwork.Order order) {}

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(out);
        Files.copy(
                Path.of("benchmark/accelerator/accelerator.py"),
                out.resolve("accelerator.py"),
                StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> cases = Files.list(golden)) {
            for (Path each : cases.sorted().toList()) {
                golden(each);
            }
        }
        published(Workload.TRM_ARC);
        published(Workload.TRM_SUDOKU);
        published(Workload.HRM_ARC);
        System.out.println("run there: python3 accelerator.py --help");
        return 0;
    }

    private void golden(Path from) throws IOException {
        String name = from.getFileName().toString();
        Path folder = Files.createDirectories(out.resolve(name));
        var configuration = new Configuration(from.resolve("all_config.yaml"), "all_config.yaml", null, Map.of());
        CheckpointManifest manifest =
                CheckpointInspection.convert(from.resolve("step_0"), "step_0", configuration, folder.resolve(WEIGHTS));
        HyperParameters hyper = manifest.hyperParameters();
        if (hyper.actInference()) {
            System.out.println(name + ": left out, its rows begin again within the run");
            Files.delete(folder.resolve(WEIGHTS));
            Files.delete(folder);
            return;
        }
        var arrays = new ArrayFile();
        NpyArray tokens = Npy.open(from.resolve("inputs.npy"));
        arrays.add("tokens", integers(tokens), tokens.shape());
        puzzleRows(arrays, folder, hyper, integers(Npy.open(from.resolve("puzzle_identifiers.npy"))));
        for (String each : List.of("logits_step1", "logits_step2", "logits_steplast", "q_halt")) {
            NpyArray array = Npy.open(from.resolve("expected_" + each + ".npy"));
            arrays.add(each, floats(array), array.shape());
        }
        NpyArray answers = Npy.open(from.resolve("expected_preds.npy"));
        arrays.add("preds", integers(answers), answers.shape());
        arrays.write(folder.resolve("arrays.safetensors"));
        write(folder, manifest, "the authors' code", hyper.forwardDtype(), hyper.haltMaxSteps(), 0);
    }

    /** Random weights; the outputs are those of the first improvement step on this machine, in float32. */
    private void published(Workload workload) throws IOException {
        String name = workload.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        Path folder = Files.createDirectories(out.resolve(name));
        RandomCheckpoint.write(folder.resolve(WEIGHTS), workload.tensors(), IDENTIFIERS, Workload.HIDDEN);
        CheckpointManifest manifest =
                Shapes.manifest(workload, IDENTIFIERS).withCycles(workload.hCycles(), workload.lCycles());
        int[][] tokens = workload.tokens(ROWS);
        int[] identifiers = Workload.identifiers(ROWS, IDENTIFIERS);
        var results = new ArrayList<StepResult>();
        try (Network network = Networks.open(manifest, folder.resolve(WEIGHTS), Dtype.FLOAT32, null)) {
            network.run(tokens, identifiers, 1, LOGITS, results::add);
        }
        var arrays = new ArrayFile();
        arrays.add("tokens", Stream.of(tokens).flatMapToInt(Arrays::stream).toArray(), ROWS, workload.length());
        puzzleRows(arrays, folder, manifest.hyperParameters(), identifiers);
        StepResult first = results.get(0);
        arrays.add("logits_step1", first.logits(), ROWS, workload.length(), Workload.VOCAB);
        arrays.add("q_halt", first.qHalt(), 1, ROWS);
        arrays.add("preds", first.tokens(), ROWS, workload.length());
        arrays.write(folder.resolve("arrays.safetensors"));
        write(
                folder,
                manifest,
                "this project on a CPU",
                Dtype.FLOAT32.key(),
                1,
                workload.published() * workload.flopsOfLevel());
    }

    private void write(Path folder, CheckpointManifest manifest, String expected, String dtype, int steps, double flops)
            throws IOException {
        var facts = new Case(
                folder.getFileName().toString(),
                expected,
                dtype,
                steps,
                flops,
                Workload.STEPS,
                manifest.architecture().key(),
                manifest.hyperParameters(),
                ExportNetwork.write(manifest, kernels, folder));
        JSON.writeValue(folder.resolve("case.json").toFile(), facts);
        System.out.println(facts.name());
    }

    private static void puzzleRows(ArrayFile arrays, Path folder, HyperParameters hyper, int[] identifiers)
            throws IOException {
        int width = hyper.puzzleEmbNdim();
        float[] rows = new float[identifiers.length * width];
        try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            for (int b = 0; b < identifiers.length && width > 0; b++) {
                System.arraycopy(weights.floatRow("puzzle_emb.weights", identifiers[b]), 0, rows, b * width, width);
            }
        }
        arrays.add("rows", rows, identifiers.length, width);
    }

    private static int[] integers(NpyArray array) {
        int[] values = new int[(int) array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) array.longAt(i);
        }
        return values;
    }

    private static float[] floats(NpyArray array) {
        float[] values = new float[(int) array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.floatAt(i);
        }
        return values;
    }
}
