package dev.trmarena.db.record;

import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.protocol.Protocol;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What became of work units. Outcomes may come twice, late, and to several recorders at once: the evaluation's row is locked,
 * and what is there already stays.
 */
public final class RecordUnits {
    private RecordUnits() {}

    /** What a recorder must know of the evaluation an outcome belongs to. */
    public record Target(UUID evaluation, String puzzleSetManifest, Protocol protocol, String state) {
        public boolean open() {
            return state.equals("queued") || state.equals("running");
        }
    }

    /** Locks the evaluation for the rest of the transaction. */
    public static Optional<Target> lock(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select e.id, s.manifest_digest, e.protocol, e.state
                        from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id for update of e""")
                .bind("id", evaluation)
                .map((row, context) -> new Target(
                        row.getObject("id", UUID.class),
                        row.getString("manifest_digest"),
                        Protocol.parse(row.getString("protocol")),
                        row.getString("state")))
                .findOne();
    }

    public static void started(Handle handle, UUID evaluation, int unit, String solver) {
        running(handle, evaluation);
        handle.createUpdate("""
                        update work_unit set solver = :solver, started_at = coalesce(started_at, now())
                        where evaluation_id = :id and idx = :unit and solved_at is null""")
                .bind("id", evaluation)
                .bind("unit", unit)
                .bind("solver", solver)
                .execute();
    }

    private static void running(Handle handle, UUID evaluation) {
        handle.createUpdate(
                        "update evaluation set state = 'running', started_at = now() where id = :id and state = 'queued'")
                .bind("id", evaluation)
                .execute();
    }

    /**
     * @return false when the unit was solved before; then nothing changed
     * @throws IllegalArgumentException when the evaluation has no such unit, or the predictions are not its examples
     */
    public static boolean solved(
            Handle handle,
            UUID evaluation,
            int unit,
            String solver,
            long computeMillis,
            List<GridPrediction> predictions) {
        requireItsExamples(handle, evaluation, unit, predictions);
        running(handle, evaluation);
        int updated = handle.createUpdate("""
                        update work_unit set solver = :solver, solved_at = now(), compute_ms = :millis,
                               started_at = coalesce(started_at, now())
                        where evaluation_id = :id and idx = :unit and solved_at is null""")
                .bind("id", evaluation)
                .bind("unit", unit)
                .bind("solver", solver)
                .bind("millis", computeMillis)
                .execute();
        if (updated == 0) {
            return false;
        }
        insertGrids(handle, predictions);
        insertPredictions(handle, evaluation, predictions);
        insertFilms(handle, evaluation, predictions);
        return true;
    }

    private static void insertPredictions(Handle handle, UUID evaluation, List<GridPrediction> predictions) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into prediction (evaluation_id, example, grid_digest, q_halt, steps, trail)
                values (:id, :example, :digest, :qHalt, :steps, :trail) on conflict do nothing""");
        for (GridPrediction prediction : predictions) {
            batch.bind("id", evaluation)
                    .bind("example", prediction.example())
                    .bind("digest", prediction.grid().digest())
                    .bind("qHalt", prediction.qHalt())
                    .bind("steps", prediction.steps())
                    .bind("trail", prediction.trail().length == 0 ? null : prediction.trail())
                    .add();
        }
        batch.execute();
    }

    private static void insertFilms(Handle handle, UUID evaluation, List<GridPrediction> predictions) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into film_frame (evaluation_id, example, step, grid_digest, q_halt)
                values (:id, :example, :step, :digest, :qHalt) on conflict do nothing""");
        for (GridPrediction prediction : predictions) {
            for (int i = 0; i < prediction.film().size(); i++) {
                GridPrediction.Frame frame = prediction.film().get(i);
                batch.bind("id", evaluation)
                        .bind("example", prediction.example())
                        .bind("step", i + 1)
                        .bind("digest", frame.grid().digest())
                        .bind("qHalt", frame.qHalt())
                        .add();
            }
        }
        batch.execute();
    }

    /** Ascending and inside the unit; which of its examples the protocol runs, the caller knows. */
    private static void requireItsExamples(Handle handle, UUID evaluation, int unit, List<GridPrediction> predictions) {
        int[] range = handle.createQuery("""
                        select first_example, end_example, example_count from work_unit
                        where evaluation_id = :id and idx = :unit""")
                .bind("id", evaluation)
                .bind("unit", unit)
                .map((row, context) -> new int[] {row.getInt(1), row.getInt(2), row.getInt(3)})
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("evaluation " + evaluation + " has no unit " + unit));
        boolean fits = predictions.size() == range[2];
        int before = range[0] - 1;
        for (GridPrediction prediction : predictions) {
            fits &= prediction.example() > before && prediction.example() < range[1];
            before = prediction.example();
        }
        if (!fits) {
            throw new IllegalArgumentException("unit " + unit + " of evaluation " + evaluation + " is " + range[2]
                    + " of the examples " + range[0] + " to " + (range[1] - 1) + ", the outcome has others");
        }
    }

    /** In the order of their digests: two recorders that insert the same grids wait for each other, never deadlock. */
    private static void insertGrids(Handle handle, List<GridPrediction> predictions) {
        var distinct = new TreeMap<String, Grid>();
        for (GridPrediction prediction : predictions) {
            distinct.put(HexFormat.of().formatHex(prediction.grid().digest()), prediction.grid());
            prediction
                    .film()
                    .forEach(frame ->
                            distinct.put(HexFormat.of().formatHex(frame.grid().digest()), frame.grid()));
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into grid (digest, grid_rows, grid_columns, cells) values (:digest, :rows, :columns, :cells)
                on conflict do nothing""");
        distinct.forEach((digest, grid) -> batch.bind("digest", HexFormat.of().parseHex(digest))
                .bind("rows", grid.rows())
                .bind("columns", grid.columns())
                .bind("cells", grid.cells())
                .add());
        batch.execute();
    }

    /** Ends an evaluation that cannot finish; one that ended before stays as it is. */
    public static void failed(Handle handle, UUID evaluation, String reason) {
        handle.createUpdate("""
                        update evaluation set state = 'failed', failure = :reason, finished_at = now()
                        where id = :id and state in ('queued', 'running')""").bind("id", evaluation).bind("reason", reason).execute();
    }
}
