package dev.trmarena.supervise.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said on a command line of the libraries that a solver computes with. */
public final class LibtorchOptions {
    @Option(
            names = "--libtorch",
            paramLabel = "DIR",
            description =
                    "Compute with the libtorch in this folder, pip's torch/lib for one (or ARENA_LIBTORCH; default:"
                            + " the packed CPU build).")
    @Nullable
    Path folder;

    @Option(
            names = "--gpu",
            description = "Compute on a GPU: with the CUDA build of --libtorch, else with that which DJL fetches once.")
    boolean gpu;

    /**
     * What was asked for, looked at and, unless it is what the build packs, loaded once by a process of its own.
     *
     * @param engine asked for it
     * @param everyGpu whether there is to be a solver for each GPU, which says that one is to be used
     * @return null for the libtorch of the build
     * @throws BadLibtorch when it cannot be had: nothing is to be started then
     */
    public @Nullable Libtorch choose(AskEngine engine, boolean everyGpu) throws IOException, InterruptedException {
        Path named = orSetting(folder);
        boolean wanted = gpu || everyGpu;
        if (named == null && !wanted) {
            return null;
        }
        if (wanted) {
            requireGpu(Gpus.here());
        }
        Libtorch chosen = named != null ? Libtorch.in(named) : engine.fetched();
        if (wanted && !chosen.cuda()) {
            throw new BadLibtorch(
                    chosen.folder().toString(),
                    System.mapLibraryName("torch_cuda") + " is missing: it is a CPU build, and a GPU was asked for",
                    "name the folder of a CUDA build of libtorch " + PackedEngine.pytorch() + ", or leave the GPU out");
        }
        EngineReport report = engine.report(chosen);
        if (wanted && report.gpus() == 0) {
            throw new BadLibtorch(
                    chosen.folder().toString(),
                    "its CUDA finds no GPU"
                            + (chosen.cudaRuntime(System::getenv) == null ? ": libcudart.so is nowhere" : ""),
                    "set LD_LIBRARY_PATH to the folder of CUDA's libcudart.so.12, and see ./arena doctor");
        }
        return chosen;
    }

    /** The folder of an option, else that of the environment; null where neither names one. */
    public static @Nullable Path orSetting(@Nullable Path option) {
        String said = System.getenv(Libtorch.SETTING);
        return option != null || said == null || said.isBlank() ? option : Path.of(said);
    }

    private static void requireGpu(Gpus gpus) {
        if (!gpus.usable()) {
            throw new BadLibtorch(
                    null,
                    "a GPU was asked for, and "
                            + (gpus.problem() != null
                                    ? gpus.problem()
                                    : "this machine has no NVIDIA GPU with a driver"),
                    gpus.remedy() != null
                            ? gpus.remedy()
                            : "leave the GPU out: the CPU works without; ./arena doctor says what was looked for");
        }
    }
}
