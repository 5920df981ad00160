package dev.trmarena.arena.doctor;

import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.BadLibtorch;
import dev.trmarena.supervise.engine.EngineReport;
import dev.trmarena.supervise.engine.Gpus;
import dev.trmarena.supervise.engine.Libtorch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The engine, loaded once as a solver would; the devices; the kernels. */
final class LookAtEngine {
    private LookAtEngine() {}

    /**
     * @param named the folder of libtorch; null for that of the build
     * @param gpus as their driver tells
     */
    static List<Finding> all(AskEngine engine, @Nullable Path named, Gpus gpus)
            throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        try {
            Libtorch libtorch = named == null ? null : Libtorch.in(named);
            EngineReport report = engine.report(libtorch);
            findings.add(Finding.ok(
                    "engine",
                    "PyTorch " + report.pytorch() + " by DJL " + report.djl() + ", "
                            + (named == null ? "packed" : "named") + " libtorch of " + report.libtorch()));
            findings.add(device(report, libtorch != null && libtorch.cuda(), gpus));
            findings.add(kernels(report.kernels()));
        } catch (BadLibtorch e) {
            findings.add(Finding.trouble("engine", String.valueOf(e.getMessage()), e.remedy()));
            findings.add(gpus.usable() ? Finding.ok("device", gpus.names() + driver(gpus)) : driver(gpus, "not known"));
        }
        return findings;
    }

    static Finding device(EngineReport report, boolean cuda, Gpus gpus) {
        String memory = report.memoryBytes() == null
                ? ""
                : String.format(Locale.ROOT, ", %.1f GB for networks", report.memoryBytes() / 1e9);
        String device = report.device() + memory;
        if (report.gpus() > 0) {
            return Finding.ok("device", device + driver(gpus));
        }
        if (cuda && gpus.usable()) {
            return Finding.trouble(
                    "device",
                    gpus.names() + driver(gpus) + " is there, and the CUDA build of libtorch does not find it",
                    "set LD_LIBRARY_PATH to the folder of CUDA's libcudart.so.12; " + device + " is used instead");
        }
        String notUsed = gpus.notUsed("./arena up");
        if (notUsed != null) {
            return Finding.attention(
                    "device", device + (gpus.driver() == null ? "" : "; GPU driver " + gpus.driver()), notUsed);
        }
        return driver(gpus, device);
    }

    /** Of a machine whose GPU cannot be used, or that has none. */
    private static Finding driver(Gpus gpus, String device) {
        return gpus.problem() == null
                ? Finding.ok("device", device + "; no NVIDIA driver and no GPU of NVIDIA")
                : Finding.attention(
                        "device",
                        device + "; no GPU: " + (gpus.models().isEmpty() ? "" : gpus.names() + ", ") + gpus.problem(),
                        String.valueOf(gpus.remedy()));
    }

    private static String driver(Gpus gpus) {
        return gpus.driver() == null ? "" : ", driver " + gpus.driver();
    }

    private static Finding kernels(Map<String, String> kernels) {
        return Finding.ok(
                "kernels",
                String.join(
                        ", ",
                        new TreeMap<>(kernels)
                                .entrySet().stream()
                                        .map(each -> each.getKey() + " " + each.getValue())
                                        .toList()));
    }
}
