package dev.trmarena.leaderboard.browse;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.http.set.OpenPuzzleSets;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Addresses of the page below a set's tasks say by their status, too, that there is no such set or task: the page itself says it in words,
 * which nobody reads who follows links by a program.
 */
@ApplicationScoped
class UnknownTaskPages {
    private static final Logger LOG = Logger.getLogger(UnknownTaskPages.class);
    private static final String ADDRESSES = "/sets/[^/]+/tasks(?:/[^/]+)?/?";
    private static final int NOT_FOUND = 404;

    /** Before the route that answers with the page. */
    private static final int FIRST = -1;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;

    UnknownTaskPages(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    void route(@Observes Router router) {
        router.getWithRegex(ADDRESSES).order(FIRST).blockingHandler(this::mark, false);
    }

    private void mark(RoutingContext context) {
        if (!isThere(context.request().path())) {
            context.response().setStatusCode(NOT_FOUND);
        }
        context.next();
    }

    private boolean isThere(String path) {
        String[] parts = path.split("/");
        try {
            Optional<PuzzleSetView> set = jdbi.withHandle(handle -> ReadPuzzleSets.byName(handle, decoded(parts[2])));
            return set.isPresent()
                    && (parts.length < 5
                            || puzzleSets
                                    .byManifest(set.get().digest())
                                    .taskOfId(decoded(parts[4]))
                                    .isPresent());
        } catch (IllegalArgumentException e) {
            // Not even percent-encoded as addresses are.
            return false;
        } catch (RuntimeException e) {
            LOG.warnf("cannot tell whether there is a page: %s", e.getMessage());
            return true;
        }
    }

    /** A plus sign is one: it stands for a space only in queries. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
