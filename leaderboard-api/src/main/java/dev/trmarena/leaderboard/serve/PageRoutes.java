package dev.trmarena.leaderboard.serve;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Every address that is neither of the API nor of a file opens the page, which knows its own, and says so of the others. */
@ApplicationScoped
class PageRoutes {
    /** Names of sets and models may have a dot in them, like names of files. */
    private static final String ROUTES = "/(?:sets|models|evaluations|compare)/.*|/(?!(?:api|q|assets)(?:/|$))[^.]+";

    void route(@Observes Router router) {
        router.getWithRegex(ROUTES).handler(context -> context.reroute("/index.html"));
    }
}
