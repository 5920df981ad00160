package dev.trmarena.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** What stands in the database of a platform: the last word on what was counted. */
final class Recorded {
    /** Units of evaluations that go on and are not solved, as {@code evaluation/index}. */
    private static final String UNSOLVED = """
            select u.evaluation_id || '/' || u.idx
            from work_unit u join evaluation e on e.id = u.evaluation_id
            where e.state in ('queued', 'running') and u.solved_at is null
            """;

    private final Path data;

    Recorded(Platform platform) {
        this.data = platform.data();
    }

    /** Everything an evaluation came to, a line each, in a fixed order; two runs that agree here agree in every answer and score. */
    List<String> outcome(UUID evaluation) throws SQLException, IOException {
        var lines = new ArrayList<String>();
        lines.addAll(lines("""
                select 'example ' || example || ': ' || encode(grid_digest, 'hex') || ', halt ' || q_halt || ', steps '
                       || steps || ', trail ' || coalesce(md5(trail), 'none')
                from prediction where evaluation_id = ? order by example""", evaluation));
        lines.addAll(lines("""
                select 'replay of ' || example || ', step ' || step || ': ' || encode(grid_digest, 'hex') || ' ' || q_halt
                from replay_frame where evaluation_id = ? order by example, step""", evaluation));
        lines.addAll(lines("""
                select 'score ' || metric || ': ' || value || ' from ' || coalesce(low, -1) || ' to ' || coalesce(high, -1)
                from score where evaluation_id = ? order by metric""", evaluation));
        lines.addAll(lines("""
                select 'step ' || step || ' ' || metric || ': ' || value
                from step_score where evaluation_id = ? order by step, metric""", evaluation));
        lines.addAll(lines("""
                select 'task ' || task || ' output ' || output || ' rank ' || rank || ': ' || encode(grid_digest, 'hex')
                       || ', votes ' || votes || ', halt ' || mean_halt
                from candidate where evaluation_id = ? order by task, output, rank""", evaluation));
        return lines;
    }

    /** Number of rows that hold an answer: one for each example, or something was counted twice. */
    int predictions(UUID evaluation) throws SQLException, IOException {
        return Integer.parseInt(lines("select count(*)::text from prediction where evaluation_id = ?", evaluation)
                .get(0));
    }

    /** What was counted of each unit that is solved: it stays as it was first recorded, whatever comes later. */
    List<String> counted(UUID evaluation) throws SQLException, IOException {
        return lines("""
                select 'unit ' || idx || ': ' || solver || ' in ' || compute_ms || ' ms at ' || solved_at
                from work_unit where evaluation_id = ? and solved_at is not null order by idx""", evaluation);
    }

    boolean isSolved(UUID evaluation, int unit) throws SQLException, IOException {
        return !lines(
                        "select 'yes' from work_unit where evaluation_id = ? and idx = ? and solved_at is not null",
                        evaluation,
                        unit)
                .isEmpty();
    }

    /** How the deliveries of a unit ended, in the order in which they began: {@code solved}, {@code none} while it goes on. */
    List<String> endings(UUID evaluation, int unit) throws SQLException, IOException {
        return lines(
                "select coalesce(ending, 'none') from delivery where evaluation_id = ? and idx = ? order by started_at",
                evaluation,
                unit);
    }

    /** Units of any evaluation that a solver has taken up and that are not solved, as {@code evaluation/index}. */
    List<String> inHand() throws SQLException, IOException {
        return lines(UNSOLVED + "and u.started_at is not null");
    }

    /** Units of evaluations that go on and are not solved, whoever has them, as {@code evaluation/index}. */
    List<String> unsolved() throws SQLException, IOException {
        return lines(UNSOLVED);
    }

    /** Those of them that a third death would end. */
    List<String> unsolvedThatLostTwice() throws SQLException, IOException {
        return lines(UNSOLVED + """
                and u.times_lost + (select count(*) from delivery d
                    where d.evaluation_id = u.evaluation_id and d.idx = u.idx and d.round = e.round and d.came_to_nothing) >= 2""");
    }

    /** The units that this solver took up and that are not solved. */
    List<String> inHandOf(String solver) throws SQLException, IOException {
        return lines(UNSOLVED + "and u.started_at is not null and u.solver = ?", solver);
    }

    /** Evaluations of the sets whose name begins so, as {@code set state}, in the order of the names. */
    List<String> evaluationsOn(String prefix) throws SQLException, IOException {
        return lines("""
                select s.name || ' ' || e.state from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                where starts_with(s.name, ?) order by s.name""", prefix);
    }

    /** So that processes that a test killed are not laid to what they were doing; where the database is away, they are. */
    void forgetDeaths() {
        try (Connection connection = connect("arena");
                var statement = connection.createStatement()) {
            statement.execute("delete from risky_work where kind <> 'score'");
        } catch (SQLException | IOException e) {
            // It was killed as well, or starts.
        }
    }

    /** The rows of a query with one column of text. */
    List<String> lines(String sql, Object... parameters) throws SQLException, IOException {
        try (Connection connection = connect("arena");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var lines = new ArrayList<String>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }

    /**
     * As the owner of the cluster.
     *
     * @param database {@code arena}, or {@code postgres} to speak about it from outside
     */
    Connection connect(String database) throws SQLException, IOException {
        var properties = new Properties();
        properties.setProperty("user", "arena");
        properties.setProperty(
                "password", Files.readString(data.resolve("postgres.password")).strip());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, properties);
    }

    /** Postgres writes its port into the fourth line. */
    private String port() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
        if (lines.size() < 4) {
            throw new IOException("the database is only starting");
        }
        return lines.get(3).strip();
    }
}
