package dev.trmarena.supervise;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a process of the platform is handed of the environment of whoever started it: where programs and libraries are, language
 * and time zone, what its machine's devices and its Java are told, and the settings of the platform. What else is in a shell, keys to
 * other people's clouds among it, is not its business, and cannot be got out of it.
 */
public final class OwnEnvironment {
    private static final Pattern HANDED_ON = Pattern.compile(
            // The shell and the machine.
            "PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TZ|TZDIR|LANG|LANGUAGE|LC_.*|LD_LIBRARY_PATH|LD_PRELOAD|GLIBC_TUNABLES|MALLOC_.*"
                    // Java and what is told to its libraries.
                    + "|JAVA_HOME|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|QUARKUS_.*"
                    // What runs networks.
                    + "|OMP_.*|GOMP_.*|KMP_.*|MKL_.*|CUDA_.*|NVIDIA_.*|NCCL_.*|DJL_.*|PYTORCH_.*|TORCH_.*|ATEN_.*|OPT_OUT_TRACKING"
                    // The platform.
                    + "|ARENA_.*");

    /** For the one process that asks a hub for files, which is handed it by name. */
    public static final String HUB_TOKEN = "ARENA_HUB_TOKEN";

    /** Who somebody is at a platform: for commands that ask one, not for its processes. */
    private static final String TOKEN = "ARENA_TOKEN";

    private OwnEnvironment() {}

    /** Takes everything else away. @param environment of a process that is to be started */
    public static void leave(Map<String, String> environment) {
        environment.keySet().removeIf(name -> !isHandedOn(name));
    }

    static boolean isHandedOn(String name) {
        return HANDED_ON.matcher(name).matches() && !name.equals(TOKEN) && !name.equals(HUB_TOKEN);
    }
}
