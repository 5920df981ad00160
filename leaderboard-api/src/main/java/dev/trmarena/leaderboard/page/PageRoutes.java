package dev.trmarena.leaderboard.page;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The routes that the page itself knows: a link to one of them opens the page there. */
@ApplicationScoped
class PageRoutes {
    private static final String ROUTES = "/(sets|evaluations|compare)/.*|/submit|/puzzle-sets/new";

    void route(@Observes Router router) {
        router.getWithRegex(ROUTES).handler(context -> context.reroute("/index.html"));
    }
}
