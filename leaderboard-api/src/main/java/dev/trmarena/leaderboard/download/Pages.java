package dev.trmarena.leaderboard.download;

import dev.trmarena.leaderboard.serve.Lookup;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a finished evaluation page by page, each by a short query of its own. They never change, so that they fit together;
 * but the evaluation may be removed meanwhile: then the end is not taken for the end, and the download fails.
 */
final class Pages<T> {
    /** One page. */
    interface Query<T> {
        /** @param last of the page before; null for the first one @return fewer than the limit when there are no more */
        List<T> behind(Handle handle, @Nullable T last, int limit);
    }

    private final Jdbi jdbi;
    private final UUID evaluation;
    private final int rows;
    private final Query<T> query;
    private @Nullable T last;
    private boolean over;

    /** @param rows of a page */
    Pages(Jdbi jdbi, UUID evaluation, int rows, Query<T> query) {
        this.jdbi = jdbi;
        this.evaluation = evaluation;
        this.rows = rows;
        this.query = query;
    }

    /** @return nothing when there are no more */
    List<T> next() {
        if (over) {
            return List.of();
        }
        List<T> page = jdbi.withHandle(handle -> {
            List<T> found = query.behind(handle, last, rows);
            if (found.size() < rows) {
                over = true;
                Lookup.finished(handle, evaluation.toString());
            }
            return found;
        });
        last = page.isEmpty() ? null : page.get(page.size() - 1);
        return page;
    }
}
