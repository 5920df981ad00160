package dev.trmarena.supervise.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** The versions that the build packs, and what DJL calls this platform. */
public final class PackedEngine {
    private static final Properties PACKED = read();

    private PackedEngine() {}

    /** Of libtorch: DJL's code between it and Java is built for this one alone. */
    public static String pytorch() {
        return value("pytorch");
    }

    /** Of DJL. */
    public static String djl() {
        return value("djl");
    }

    /** The CUDA build that DJL has such code for, as it names it: {@code cu128}. */
    public static String cuda() {
        return value("cuda");
    }

    /** This platform as DJL names it: {@code linux-x86_64}, {@code linux-aarch64}, {@code osx-aarch64}. */
    public static String platform() {
        return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** @param system and processor as Java has them in {@code os.name} and {@code os.arch} */
    static String platform(String system, String processor) {
        String name = system.toLowerCase(Locale.ROOT);
        String prefix = name.startsWith("mac") ? "osx" : name.startsWith("win") ? "win" : "linux";
        return prefix + "-" + (processor.equals("amd64") ? "x86_64" : processor);
    }

    private static String value(String key) {
        return Objects.requireNonNull(PACKED.getProperty(key), key);
    }

    private static Properties read() {
        try (InputStream in = PackedEngine.class.getResourceAsStream("engine.properties")) {
            var all = new Properties();
            all.load(Objects.requireNonNull(in, "engine.properties is not in the jar"));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
