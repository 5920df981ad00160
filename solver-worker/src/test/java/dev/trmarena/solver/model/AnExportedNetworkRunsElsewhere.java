package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.golden.Golden;
import dev.trmarena.solver.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By nothing but the files, in the way in which {@code benchmark/accelerator/accelerator.py} runs them. */
class AnExportedNetworkRunsElsewhere {
    private static final long FLOAT32 = 6;

    @TempDir
    Path folder;

    @Test
    void its_first_step_is_that_of_the_network() throws IOException {
        Path golden = Golden.folder("models/trm_hier6");
        Path weights = folder.resolve("weights.safetensors");
        CheckpointManifest manifest = Checkpoints.inspect(golden, weights);
        int[][] tokens = Checkpoints.tokens(golden);
        int[] identifiers = Checkpoints.identifiers(golden);
        var expected = new ArrayList<StepResult>();
        try (Network network = Networks.open(manifest, weights, null, Kernels.GENERIC)) {
            network.run(tokens, identifiers, 1, new StepOutputs(s -> true, s -> true, true, s -> false), expected::add);
        }

        ExportNetwork.Order order = ExportNetwork.write(manifest, Kernels.GENERIC, folder);

        try (ScriptModule frame = ScriptModule.open(Files.readAllBytes(folder.resolve("frame_float32.pt")));
                ScriptModule recursion = ScriptModule.open(Files.readAllBytes(folder.resolve("recursion.pt")));
                SafetensorsFile tensors = SafetensorsFile.open(weights);
                NDManager manager = NDManager.newBaseManager("PyTorch");
                var scope = new IValues()) {
            var levels = new ArrayList<IValue>();
            for (List<String> names : order.levels()) {
                IValue types = scope.add(IValue.listFrom(
                        names.stream().mapToLong(each -> FLOAT32).toArray()));
                levels.add(scope.run(frame.block(), "pack", list(scope, manager, tensors, names), types));
            }
            IValue ends = scope.run(frame.block(), "cast", list(scope, manager, tensors, order.frame()));
            IValue states = scope.run(frame.block(), "cast", list(scope, manager, tensors, order.states()));
            long prefix = manifest.hyperParameters().puzzleEmbLen();
            IValue e = scope.run(
                    frame.block(),
                    "input_embeddings",
                    ends,
                    scope.add(IValue.from(HostArrays.longs(
                            manager,
                            Stream.of(tokens)
                                    .flatMapToInt(Arrays::stream)
                                    .asLongStream()
                                    .toArray(),
                            tokens.length,
                            tokens[0].length))),
                    scope.add(IValue.from(rows(manager, tensors, identifiers))),
                    scope.add(IValue.from(prefix)));
            IValue rope = scope.run(
                    frame.block(),
                    "rope",
                    ends,
                    scope.add(IValue.from(prefix + tokens[0].length)),
                    scope.add(IValue.from((long) manifest.hyperParameters().headSize())),
                    scope.add(IValue.from(manifest.hyperParameters().ropeTheta())));
            IValue carry = scope.run(
                    recursion.block(),
                    "step",
                    scope.add(IValue.listFrom(levels.toArray(IValue[]::new))),
                    scope.run(frame.block(), "empty_carry", states, e),
                    e,
                    rope);
            PtNDArray[] answer = scope.run(frame.block(), "answer", ends, carry, scope.add(IValue.from(prefix)))
                    .toTensorArray((PtNDManager) manager);
            assertThat(answer[1].toFloatArray()).isEqualTo(expected.get(0).logits());
            assertThat(answer[0].toIntArray()).isEqualTo(expected.get(0).tokens());
        }
    }

    @Test
    void a_network_of_another_kind_is_refused() throws IOException {
        CheckpointManifest manifest =
                Checkpoints.inspect(Golden.folder("families/lucid_mixer"), folder.resolve("weights.safetensors"));

        assertThatThrownBy(() -> ExportNetwork.write(manifest, Kernels.GENERIC, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the blocks of lucidrains are not plain matrices");
    }

    private static IValue list(IValues scope, NDManager manager, SafetensorsFile tensors, List<String> names)
            throws IOException {
        var arrays = new ArrayList<PtNDArray>();
        for (String name : names) {
            arrays.add(
                    name.isEmpty()
                            ? HostArrays.floats(manager, new float[0], 0)
                            : HostArrays.floats(manager, tensors, name));
        }
        return scope.add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
    }

    private static PtNDArray rows(NDManager manager, SafetensorsFile tensors, int[] identifiers) throws IOException {
        int width = tensors.floatRow("puzzle_emb.weights", 0).length;
        float[] rows = new float[identifiers.length * width];
        for (int b = 0; b < identifiers.length; b++) {
            System.arraycopy(tensors.floatRow("puzzle_emb.weights", identifiers[b]), 0, rows, b * width, width);
        }
        return HostArrays.floats(manager, rows, identifiers.length, width);
    }
}
