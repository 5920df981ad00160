package dev.trmarena.leaderboard.serve;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every address that is neither of the API nor of a file opens the page, with status 404 where it is none of the page's. What the page
 * needs lies beside it, at addresses that are relative to the one that was asked for: below which path of which host a proxy has
 * put all of this nobody has to know here.
 */
@ApplicationScoped
class PageRoutes {
    /** Names of sets and models may have a dot in them, like names of files. */
    private static final String ROUTES =
            "/(?:sets|models|evaluations|compare|embed)/.*|/(?!(?:api|q|assets)(?:/|$))[^.]+";

    /** The addresses of pages, as {@code web/src/shell/routes.ts} reads them; whether what they name is there, the page finds out. */
    private static final Pattern PAGES = Pattern.compile("/(?:"
            + "index\\.html|mine|docs|operations|evaluations|models|sets|how-to-read|why-scores-differ|submit|submit/answers|puzzle-sets/new"
            + "|models/[^/]+|sets/[^/]+(?:/tasks(?:/[^/]+)?)?|compare(?:/[^/]+/[^/]+)?"
            + "|evaluations/[^/]+(?:/tasks/\\d{1,9})?|embed/(?:evaluations/[^/]+(?:/tasks/\\d{1,9})?|sets/[^/]+)"
            + ")?/?");

    private static final String FILE = "META-INF/resources/index.html";

    /** As the build of the page writes addresses: seen from the root. */
    private static final String HERE = "=\"./";

    void route(@Observes Router router) {
        String page = page();
        router.getWithRegex(ROUTES).handler(context -> open(context, page));
    }

    private static void open(RoutingContext context, @Nullable String page) {
        if (page == null) {
            context.next();
            return;
        }
        long depth =
                context.request().path().chars().filter(letter -> letter == '/').count() - 1;
        String path = context.request().path().replaceAll("/+", "/");
        if (!PAGES.matcher(path).matches()) {
            context.response().setStatusCode(404);
        }
        // Whoever knows more of what an address names may have said already that it is not there.
        context.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .putHeader("Cache-Control", "no-cache")
                .end(page.replace(HERE, "=\"./" + "../".repeat((int) depth)));
    }

    /** @return null when the page was not built */
    private static @Nullable String page() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }
}
