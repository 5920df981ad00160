package dev.trmarena.db.replay;

import dev.trmarena.db.record.GridPrediction;
import dev.trmarena.db.record.InsertPredictions;
import dev.trmarena.db.record.StorableText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who wants to see the steps of an example of a finished evaluation, and what became of it. */
public final class ReplayRequests {
    private ReplayRequests() {}

    /** @param failure why there is no film; null while it is waited for */
    public record Request(int example, @Nullable String failure) {}

    /** Asks for a film; one that failed is asked for anew, one that is waited for goes on waiting. */
    public static void want(Handle handle, UUID evaluation, int example) {
        handle.createUpdate("""
                        insert into film_request (evaluation_id, example) values (:id, :example)
                        on conflict (evaluation_id, example) do update
                        set wanted_at = now(), given_out_at = null, times = 0, failure = null
                        where film_request.failure is not null""").bind("id", evaluation).bind("example", example).execute();
    }

    /** Films that are waited for, of all evaluations. */
    public static int waiting(Handle handle) {
        return handle.createQuery("select count(*) from film_request where failure is null")
                .mapTo(Integer.class)
                .one();
    }

    /** The first of these examples that a film was asked for. */
    public static Optional<Request> of(Handle handle, UUID evaluation, List<Integer> examples) {
        return handle.createQuery("""
                        select example, failure from film_request
                        where evaluation_id = :id and example = any(:examples) order by example limit 1""")
                .bind("id", evaluation)
                .bindArray("examples", Integer.class, examples.toArray())
                .map((row, context) -> new Request(row.getInt("example"), row.getString("failure")))
                .findOne();
    }

    /**
     * Keeps the steps of those examples that a film was asked for; scores and predictions stay as they are.
     *
     * @param predictions of a finished evaluation, as a solver has just given them once more
     */
    public static void keep(Handle handle, UUID evaluation, List<GridPrediction> predictions) {
        Map<Integer, GridPrediction> given = predictions.stream()
                .collect(Collectors.toMap(GridPrediction::example, Function.identity(), (a, b) -> a));
        List<Integer> wanted = handle.createQuery("""
                        select example from film_request where evaluation_id = :id and example = any(:examples)
                        order by example for update""")
                .bind("id", evaluation)
                .bindArray("examples", Integer.class, given.keySet().toArray())
                .mapTo(Integer.class)
                .list();
        for (int example : wanted) {
            GridPrediction prediction = given.get(example);
            if (prediction == null || prediction.film().isEmpty()) {
                failed(handle, evaluation, example, example + 1, "this network's steps cannot be followed");
                continue;
            }
            InsertPredictions.insertFilm(handle, evaluation, prediction);
            handle.createUpdate("delete from film_request where evaluation_id = :id and example = :example")
                    .bind("id", evaluation)
                    .bind("example", example)
                    .execute();
        }
    }

    /** No solver can: those that were given out, of a range of examples. */
    public static void failed(Handle handle, UUID evaluation, int first, int end, String reason) {
        handle.createUpdate("""
                        update film_request set failure = :reason
                        where evaluation_id = :id and example >= :first and example < :end
                              and failure is null and given_out_at is not null""")
                .bind("id", evaluation)
                .bind("first", first)
                .bind("end", end)
                .bind("reason", StorableText.text(reason))
                .execute();
    }

    /** Likewise, of the examples of a unit. */
    public static void failed(Handle handle, UUID evaluation, int unit, String reason) {
        handle.createQuery("select first_example, end_example from work_unit where evaluation_id = :id and idx = :unit")
                .bind("id", evaluation)
                .bind("unit", unit)
                .map((row, context) -> new int[] {row.getInt(1), row.getInt(2)})
                .findOne()
                .ifPresent(range -> failed(handle, evaluation, range[0], range[1], reason));
    }
}
