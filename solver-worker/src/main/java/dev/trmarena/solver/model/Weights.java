package dev.trmarena.solver.model;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.Convolution;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.MixerBlocks;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.puzzles.score.Dtype;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tensors of a network on the device, cast and packed once; all but the puzzle embedding, which stays in the file.
 *
 * @param frame embedding and heads, as {@code frame.torchscript} orders them
 * @param states the stored vectors that the states begin as
 * @param levels a list of matrices for each level; of a mixer one of matrices and one of vectors
 */
record Weights(IValue frame, IValue states, IValue levels) implements AutoCloseable {

    static Weights load(
            Architecture architecture,
            HyperParameters hyper,
            Dtype computed,
            SafetensorsFile tensors,
            NDManager manager,
            PtSymbolBlock block)
            throws IOException {
        List<String> frame = ofFrame(architecture.ends(), hyper);
        var loaded = new ArrayList<IValue>();
        try (var scope = new IValues();
                NDManager loading = manager.newSubManager()) {
            loaded.add(load(tensors, frame, loading, block, "cast"));
            loaded.add(load(tensors, architecture.initialStates(), loading, block, "cast"));
            int dtype = ScriptModule.number(computed);
            var levels = new ArrayList<IValue>();
            for (Architecture.Level level : architecture.levels()) {
                levels.add(scope.add(level(level, hyper, dtype, tensors, loading, block)));
            }
            if (architecture == Architecture.LUCIDRAINS) {
                List<String> matrices = MixerBlocks.matrices(hyper.lLayers());
                IValue dtypes = scope.add(IValue.listFrom(
                        matrices.stream().mapToLong(each -> dtype).toArray()));
                levels.add(scope.add(load(tensors, matrices, loading, block, "pack", dtypes)));
                levels.add(scope.add(load(tensors, MixerBlocks.vectors(hyper.lLayers()), loading, block, "cast")));
            }
            return new Weights(loaded.get(0), loaded.get(1), IValue.listFrom(levels.toArray(IValue[]::new)));
        } catch (IOException | RuntimeException e) {
            loaded.forEach(IValue::close);
            throw e;
        }
    }

    /** Embedding and heads, in the order of {@code frame.torchscript}; empty for what this network does not have. */
    static List<String> ofFrame(Architecture.Ends ends, HyperParameters hyper) {
        return List.of(
                ends.embedding(),
                hyper.posEncodings().equals("learned") ? "embed_pos.embedding_weight" : "",
                ends.head(),
                ends.qHead(),
                ends.qBias(),
                ends.registers());
    }

    /** The tensors of all blocks of a level, one block after the other. */
    static List<String> ofLevel(Architecture.Level level, HyperParameters hyper) {
        return IntStream.range(0, level.layers(hyper))
                .mapToObj(level::block)
                .flatMap(block -> hyper.blockTensors().stream().map(block::concat))
                .toList();
    }

    /** All blocks of a level one after the other, each tensor in the type that it is run in. */
    private static IValue level(
            Architecture.Level level,
            HyperParameters hyper,
            int dtype,
            SafetensorsFile tensors,
            NDManager manager,
            PtSymbolBlock block)
            throws IOException {
        var dtypes = new ArrayList<Long>();
        for (int i = 0; i < level.layers(hyper); i++) {
            for (String name : hyper.blockTensors()) {
                dtypes.add((long) (hyper.runsAsStored(name) ? stored(level.block(i), hyper, tensors) : dtype));
            }
        }
        try (var scope = new IValues()) {
            IValue each = scope.add(
                    IValue.listFrom(dtypes.stream().mapToLong(Long::longValue).toArray()));
            return load(tensors, ofLevel(level, hyper), manager, block, "pack", each);
        }
    }

    /** The type of the convolution of a block. */
    private static int stored(String block, HyperParameters hyper, SafetensorsFile tensors) {
        Convolution convolution = Objects.requireNonNull(hyper.convolution());
        return ScriptModule.number(
                switch (tensors.info(block + convolution.weight()).type()) {
                    case BF16 -> Dtype.BFLOAT16;
                    case F16 -> Dtype.FLOAT16;
                    default -> Dtype.FLOAT32;
                });
    }

    /** An empty name stands for a tensor that this network does not have. */
    private static IValue load(
            SafetensorsFile tensors,
            List<String> names,
            NDManager manager,
            PtSymbolBlock block,
            String method,
            IValue... more)
            throws IOException {
        // The float32 copies go before the next list comes: a network is loaded in little more than its own size.
        try (NDManager loading = manager.newSubManager();
                var scope = new IValues()) {
            var arrays = new ArrayList<PtNDArray>();
            for (String name : names) {
                arrays.add(
                        name.isEmpty()
                                ? HostArrays.floats(loading, new float[0], 0)
                                : HostArrays.floats(loading, tensors, name));
            }
            IValue raw = scope.add(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
            return IValueUtils.runMethod(
                    block,
                    method,
                    Stream.concat(Stream.of(raw), Stream.of(more)).toArray(IValue[]::new));
        }
    }

    @Override
    public void close() {
        levels.close();
        states.close();
        frame.close();
    }
}
