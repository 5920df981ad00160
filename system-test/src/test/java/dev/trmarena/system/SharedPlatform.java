package dev.trmarena.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One platform without the demo for all test classes that only add to it; stopped when the last test is over. */
final class SharedPlatform implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Platform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    /** Starts it where no test has asked for it yet. */
    static Platform of(ExtensionContext context) {
        return PlatformByPlatform.of(context, OnTheSharedPlatform.class, Held.class, Held::start)
                .platform();
    }

    private record Held(Platform platform, Path data) implements ExtensionContext.Store.CloseableResource {
        static Held start() {
            try {
                Path data = Files.createTempDirectory("arena-system-test");
                // Whoever asks for it by its own name sees nothing of the proxy, which one of the tests puts before it.
                return new Held(Platform.up(data, Proxy.BELIEVED, "--no-demo"), data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the platform started", e);
            }
        }

        @Override
        public void close() throws IOException {
            platform.close();
            FileUtils.deleteDirectory(data.toFile());
        }
    }
}
