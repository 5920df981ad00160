package dev.trmarena.leaderboard.serve;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How every list that may be long is taken, page by page: {@code limit} items at most, behind the one that {@code after} names;
 * the answer's {@code next} is what {@code after} has to be for the following page, null on the last one.
 */
public final class Paging {
    /** Of lists whose items are whole rows. */
    public static final int MOST = 200;

    /** Of these, unless it is said how many. */
    public static final String USUAL = "50";

    /** What the document says of {@code after}. */
    public static final String AFTER =
            "only what comes behind: the `next` of the page before; the first page when absent";

    /** What the document says of {@code limit}. */
    public static final String LIMIT = "how many at most";

    /** What who asks for another number is told. */
    public static final String LIMIT_IS = "a limit is from 1 to " + MOST;

    private Paging() {}

    /** @param found one more than the limit where there is another page */
    public static <T> List<T> page(List<T> found, int limit) {
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /** @return the name of the last item of the page; null where there is no other page */
    public static <T, K> @Nullable K next(List<T> found, int limit, Function<T, K> name) {
        return found.size() <= limit ? null : name.apply(found.get(limit - 1));
    }
}
