package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.up.DataFolder;
import dev.trmarena.arena.up.LoadDemo;
import dev.trmarena.arena.up.Platform;
import dev.trmarena.arena.up.PlatformOptions;
import dev.trmarena.arena.up.Progress;
import dev.trmarena.arena.up.StandaloneSolver;
import dev.trmarena.supervise.engine.Gpus;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.LibtorchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena up}. */
@Command(
        name = "up",
        description = "Starts the whole platform on this machine and keeps it running until Ctrl-C.",
        footer = {
            "",
            "The data survives in the data folder. Everything listens on this machine only, unless --listen says"
                    + " otherwise."
        })
public final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: .arena in the project).")
    @Nullable
    Path folder;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the page, 0 for any free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--solvers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of solvers (default: ${DEFAULT-VALUE}); gpu: one on each GPU.")
    String solvers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Cores that each solver may use (default: all, shared between them).")
    @Nullable
    Integer threads;

    @Mixin
    LibtorchOptions libraries;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address of the page (default: ${DEFAULT-VALUE}). There are no accounts yet: anyone who reaches it"
                            + " may upload.")
    String listen;

    @Option(names = "--no-demo", description = "Do not load the demo on the first run.")
    boolean noDemo;

    @Option(names = "--fresh", description = "Delete what earlier runs left in the data folder, then start.")
    boolean fresh;

    @Option(
            names = "--json",
            description = "When it is ready, print where, as JSON; the lines for people go to standard error.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private final CountDownLatch forever = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path project = project();
        var progress = new Progress(json ? System.err : System.out);
        PlatformOptions options = options(project);
        DataFolder data = DataFolder.hold(folder == null ? project.resolve(".arena") : folder);
        var platform = new Platform(options, data, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, progress), "stop"));
        if (!options.listensOnLoopback()) {
            progress.say("WARNING: " + listen + " can be reached from other machines, and there are no accounts yet:"
                    + " anyone who reaches it may upload and see everything");
        }
        tellOfUnused(options.libtorch(), "./arena up", progress::say);
        platform.start(fresh);
        progress.say(String.format(
                java.util.Locale.ROOT, "  everything is healthy after %.1f s", (System.nanoTime() - began) / 1e9));
        progress.say("  one more solver: " + platform.invitation());
        progress.say("ready " + platform.url());
        if (json) {
            new Progress(System.out)
                    .say(JsonNodeFactory.instance
                            .objectNode()
                            .put("url", platform.url())
                            .put("solver", platform.invitation())
                            .toString());
        }
        if (!noDemo && !Files.exists(data.demoLoaded())) {
            var demo = new Thread(
                    () -> new LoadDemo(platform.url(), project.resolve("demo"), progress::say).run(data.demoLoaded()));
            demo.setName("demo");
            demo.setDaemon(true);
            demo.start();
        }
        forever.await();
        return 0;
    }

    private PlatformOptions options(Path project) throws IOException, InterruptedException {
        boolean everyGpu = solvers.equals("gpu");
        int number = everyGpu ? 0 : number(solvers);
        Libtorch libtorch = null;
        if (everyGpu || number > 0) {
            libtorch = libraries.choose(StandaloneSolver.engine(project), everyGpu);
        }
        List<String> gpus = libtorch != null && libtorch.cuda()
                ? Gpus.here().visible(System.getenv("CUDA_VISIBLE_DEVICES"))
                : List.of();
        if (everyGpu) {
            number = gpus.size();
        }
        int cores = threads == null
                ? Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, number))
                : threads;
        return new PlatformOptions(project, port, number, cores, listen, libtorch, gpus);
    }

    private static int number(String solvers) {
        if (!solvers.matches("-?\\d{1,9}")) {
            throw new ArenaProblem("--solvers is " + solvers, "give it a number, or gpu for one on each GPU");
        }
        return Integer.parseInt(solvers);
    }

    /** One line, where a GPU stands idle. @param libtorch null for that of the build */
    static void tellOfUnused(@Nullable Libtorch libtorch, String command, Consumer<String> say) {
        String notUsed =
                libtorch != null && libtorch.cuda() ? null : Gpus.here().notUsed(command);
        if (notUsed != null) {
            say.accept("  " + notUsed);
        }
    }

    static Path project() {
        String root = System.getProperty("arena.root");
        if (root == null) {
            throw new ArenaProblem(
                    "the folder of the project is not known", "start with the script ./arena in the project's folder");
        }
        return Path.of(root).toAbsolutePath().normalize();
    }

    private static void stop(Platform platform, Progress progress) {
        progress.say("stopping");
        try {
            platform.stop();
            progress.say("stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
