package dev.trmarena.solver;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import dev.trmarena.messages.Json;
import dev.trmarena.solver.model.DeviceMemory;
import dev.trmarena.solver.model.DeviceName;
import dev.trmarena.solver.model.Networks;
import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.BadLibtorch;
import dev.trmarena.supervise.engine.EngineReport;
import dev.trmarena.supervise.engine.Libtorch;
import java.io.IOException;
import java.util.LinkedHashSet;

/** Loads the engine as a solver would, and says in one line of JSON what it is; the answer to {@link AskEngine}. */
public final class ReportEngine {
    private ReportEngine() {}

    public static void main(String[] args) {
        try {
            System.out.write(Json.write(report()));
            System.out.flush();
            // Without libtorch's destructors.
            Runtime.getRuntime().halt(0);
        } catch (BadLibtorch | IOException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            refuse(reasons(e));
        }
    }

    private static EngineReport report() throws IOException {
        Libtorch named = Libtorch.ofSetting();
        if (named != null) {
            named.use();
        }
        Engine engine = Engine.getEngine("PyTorch");
        return new EngineReport(
                engine.getVersion(),
                Engine.getDjlVersion(),
                LibUtils.getLibtorchPath(),
                JniUtils.getFeatures().stream().sorted().toList(),
                engine.getGpuCount(),
                DeviceName.here(),
                DeviceMemory.here(1),
                Networks.kernels());
    }

    private static void refuse(String reason) {
        System.err.println(AskEngine.REASON + reason);
        System.exit(1);
    }

    /** The dynamic linker's words, which name the file, stand in the innermost cause; of a line that is down it says a host alone. */
    private static String reasons(Throwable problem) {
        var said = new LinkedHashSet<String>();
        Throwable cause = problem;
        for (; cause.getCause() != null; cause = cause.getCause()) {
            said.add(String.valueOf(cause.getMessage()));
        }
        said.add(cause instanceof LinkageError ? String.valueOf(cause.getMessage()) : cause.toString());
        return String.join(": ", said);
    }
}
