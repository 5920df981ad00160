package dev.trmarena.http.admit;

import dev.trmarena.http.refuse.Problem;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The methods that there are. Of others there is no end, so none of them gets a meter. */
@ApplicationScoped
class KnownMethods {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
    private static final int NOT_IMPLEMENTED = 501;

    /** @return null for one that there is */
    static @Nullable Problem refuses(String method) {
        return METHODS.contains(method)
                ? null
                : Problem.of(
                        NOT_IMPLEMENTED,
                        null,
                        null,
                        "there is no such method here",
                        "those there are: " + String.join(", ", new TreeSet<>(METHODS)));
    }

    /** Denied, not renamed: under whatever name, the registry would remember each by the one that it came with. */
    @Produces
    @Singleton
    MeterFilter withoutInventedMethods() {
        return MeterFilter.deny(meter -> {
            String method = meter.getTag("method");
            return method != null && meter.getName().startsWith("http.") && !METHODS.contains(method);
        });
    }
}
