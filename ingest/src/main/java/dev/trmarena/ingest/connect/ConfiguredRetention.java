package dev.trmarena.ingest.connect;

import dev.trmarena.messages.Retention;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** How long everything is kept that comes and goes by itself, as it is configured. */
@ApplicationScoped
class ConfiguredRetention {
    /** @throws IllegalArgumentException at the start, when something would be forgotten that is still needed */
    @Produces
    @Singleton
    Retention retention(Config config) {
        return new Retention(name -> config.getOptionalValue(name, String.class).orElse(null));
    }
}
