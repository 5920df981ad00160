package dev.trmarena.db.record;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.LabelMatch;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Writes predictions of an evaluation: a statement a table, whose columns are arrays. An insert a row cost twice the time, nearly
 * all of it on the way to the database.
 */
public final class InsertPredictions {
    private static final String GRIDS = """
            insert into grid (digest, grid_rows, grid_columns, cells)
            select * from unnest(?::bytea[], ?::smallint[], ?::smallint[], ?::bytea[]) on conflict do nothing""";

    private static final String PREDICTIONS = """
            insert into prediction (evaluation_id, example, grid_digest, q_halt, steps, trail, labelled_cells, wrong_cells)
            select ?, * from unnest(?::int[], ?::bytea[], ?::real[], ?::smallint[], ?::bytea[], ?::smallint[], ?::smallint[])
            on conflict do nothing""";

    private static final String REPLAY_FRAMES = """
            insert into replay_frame (evaluation_id, example, step, grid_digest, q_halt)
            select ?, * from unnest(?::int[], ?::smallint[], ?::bytea[], ?::real[]) on conflict do nothing""";

    private record Frame(int example, int step, byte[] digest, float qHalt) {}

    private InsertPredictions() {}

    static void insert(Handle handle, UUID evaluation, List<GridPrediction> predictions) {
        // In the order of their digests: two recorders that insert the same grids wait for each other, never deadlock.
        Map<byte[], Grid> grids = new TreeMap<>(Arrays::compareUnsigned);
        List<byte[]> answers = new ArrayList<>(predictions.size());
        List<Frame> frames = new ArrayList<>();
        for (GridPrediction prediction : predictions) {
            byte[] answer = prediction.scored().grid().digest();
            grids.put(answer, prediction.scored().grid());
            answers.add(answer);
            frames.addAll(frames(prediction, grids));
        }
        UnusedGrids.keep(handle);
        Connection connection = handle.getConnection();
        try {
            grids(connection, List.copyOf(grids.entrySet()));
            predictions(connection, evaluation, predictions, answers);
            if (!frames.isEmpty()) {
                replayFrames(connection, evaluation, frames);
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** Only what one example answered after each step; what is there already stays. */
    public static void insertReplay(Handle handle, UUID evaluation, GridPrediction prediction) {
        Map<byte[], Grid> grids = new TreeMap<>(Arrays::compareUnsigned);
        List<Frame> frames = frames(prediction, grids);
        UnusedGrids.keep(handle);
        try {
            grids(handle.getConnection(), List.copyOf(grids.entrySet()));
            replayFrames(handle.getConnection(), evaluation, frames);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** @param grids to which those of the replay are added */
    private static List<Frame> frames(GridPrediction prediction, Map<byte[], Grid> grids) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < prediction.replay().size(); i++) {
            GridPrediction.Frame frame = prediction.replay().get(i);
            byte[] digest = frame.grid().digest();
            grids.put(digest, frame.grid());
            frames.add(new Frame(prediction.example(), i + 1, digest, frame.qHalt()));
        }
        return frames;
    }

    /** Those that are not there yet. @param grids by their digests, in the order in which everybody writes them */
    static void grids(Handle handle, SortedMap<byte[], Grid> grids) {
        try {
            grids(handle.getConnection(), List.copyOf(grids.entrySet()));
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** Grids by their digests, those of a statement in one order. */
    private static void grids(Connection connection, List<Map.Entry<byte[], Grid>> grids) throws SQLException {
        execute(
                connection,
                GRIDS,
                null,
                array(connection, "bytea", grids.stream().map(Map.Entry::getKey).toArray()),
                array(
                        connection,
                        "int2",
                        grids.stream()
                                .map(grid -> (short) grid.getValue().rows())
                                .toArray()),
                array(
                        connection,
                        "int2",
                        grids.stream()
                                .map(grid -> (short) grid.getValue().columns())
                                .toArray()),
                array(
                        connection,
                        "bytea",
                        grids.stream().map(grid -> grid.getValue().cells()).toArray()));
    }

    /** @param answers digests of their grids */
    private static void predictions(
            Connection connection, UUID evaluation, List<GridPrediction> predictions, List<byte[]> answers)
            throws SQLException {
        execute(
                connection,
                PREDICTIONS,
                evaluation,
                array(
                        connection,
                        "int4",
                        predictions.stream().map(GridPrediction::example).toArray()),
                array(connection, "bytea", answers.toArray()),
                array(
                        connection,
                        "float4",
                        predictions.stream()
                                .map(prediction -> prediction.scored().qHalt())
                                .toArray()),
                array(
                        connection,
                        "int2",
                        predictions.stream().map(each -> (short) each.steps()).toArray()),
                array(
                        connection,
                        "bytea",
                        predictions.stream()
                                .map(each -> each.stepHistory().length == 0 ? null : each.stepHistory())
                                .toArray()),
                array(connection, "int2", ofLabels(predictions, LabelMatch::labelled)),
                array(connection, "int2", ofLabels(predictions, LabelMatch::wrong)));
    }

    private static Object[] ofLabels(List<GridPrediction> predictions, ToIntFunction<LabelMatch> count) {
        return predictions.stream()
                .map(each -> each.scored().beforeVoting())
                .map(match -> match == null ? null : (short) count.applyAsInt(match))
                .toArray();
    }

    private static void replayFrames(Connection connection, UUID evaluation, List<Frame> frames) throws SQLException {
        execute(
                connection,
                REPLAY_FRAMES,
                evaluation,
                array(connection, "int4", frames.stream().map(Frame::example).toArray()),
                array(
                        connection,
                        "int2",
                        frames.stream().map(frame -> (short) frame.step()).toArray()),
                array(connection, "bytea", frames.stream().map(Frame::digest).toArray()),
                array(connection, "float4", frames.stream().map(Frame::qHalt).toArray()));
    }

    /** The columns in boxes of their type, which the driver writes in binary. */
    private static Array array(Connection connection, String type, Object[] values) throws SQLException {
        Object[] typed =
                switch (type) {
                    case "bytea" -> Arrays.copyOf(values, values.length, byte[][].class);
                    case "int2" -> Arrays.copyOf(values, values.length, Short[].class);
                    case "int4" -> Arrays.copyOf(values, values.length, Integer[].class);
                    default -> Arrays.copyOf(values, values.length, Float[].class);
                };
        return connection.createArrayOf(type, typed);
    }

    private static void execute(Connection connection, String sql, @Nullable UUID evaluation, Array... columns)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            if (evaluation != null) {
                statement.setObject(at++, evaluation);
            }
            for (Array column : columns) {
                statement.setArray(at++, column);
            }
            statement.executeUpdate();
        }
    }
}
