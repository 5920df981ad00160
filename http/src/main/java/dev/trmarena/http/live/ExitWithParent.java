package dev.trmarena.http.live;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Ends this process when its standard input ends, so that a launcher that was killed leaves nothing running. */
@ApplicationScoped
class ExitWithParent {
    private static final Logger LOG = Logger.getLogger(ExitWithParent.class);

    @ConfigProperty(name = "arena.exit-with-parent", defaultValue = "false")
    boolean enabled;

    void watch(@Observes StartupEvent started) {
        if (enabled) {
            Thread watcher = new Thread(() -> exitAtEndOf(System.in), "exit-with-parent");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private static void exitAtEndOf(InputStream in) {
        try {
            while (in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            LOG.debug("standard input broke", e);
        }
        LOG.info("the launcher is gone, ending");
        Quarkus.asyncExit();
    }
}
