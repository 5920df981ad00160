package dev.trmarena.benchmark.board;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Writes finished evaluations into the database as a platform would have left them: made up, but as many rows. */
final class SeedBoard {
    private static final int AT_ONCE = 20;

    /** One in fifty is a repeat of the one before it, and agrees with it. */
    private static final String EVALUATIONS = """
            with numbers as (select n, n - (n %% 50 = 0)::int as first from generate_series(%1$d, %2$d) n),
            weights as (
              insert into checkpoint (id, manifest_digest, source_digest, tensor_digest, file_name, architecture,
                                      core_parameters, embedding_parameters, manifest)
              select md5('%3$s checkpoint ' || n)::uuid, digest, digest, digest, 'step_' || n, 'trm', 6829058, 448720384,
                     jsonb_build_object(
                       'hyperParameters',
                       (select jsonb_object_agg('parameter' || p, p * n) from generate_series(1, 30) p),
                       'sources',
                       (select jsonb_object_agg('parameter' || p, 'all_config.yaml') from generate_series(1, 30) p))
              from numbers, lateral (select encode(sha256(('%3$s ' || n)::bytea), 'hex') as digest) own
              where n = first),
            runs as (
              insert into evaluation (id, checkpoint_id, puzzle_set_id, model, protocol, state, example_count, unit_count,
                                      created_at, started_at, finished_at, since, mean_steps, original_id, repeat)
              select md5('%3$s evaluation ' || n)::uuid, md5('%3$s checkpoint ' || first)::uuid, s.id, 'model ' || first,
                     '16-steps.bfloat16', 'finished', %4$d, (%4$d + 49) / 50,
                     at, at, at + interval '1 hour', at + interval '1 hour', 16,
                     case when n <> first then md5('%3$s evaluation ' || first)::uuid end, 1 + (n <> first)::int
              from numbers cross join lateral (select now() - interval '100 days' + n * interval '1 hour' as at) times
              join puzzle_set s on s.name = '%3$s'),
            agreements as (
              insert into agreement (evaluation_id, against_id, examples, differing, score_difference, at)
              select md5('%3$s evaluation ' || n)::uuid, md5('%3$s evaluation ' || first)::uuid, %4$d, 0, 0, now()
              from numbers where n <> first)
            insert into work_unit (evaluation_id, idx, first_example, end_example, example_count, solver, device,
                                   given_out_at, started_at, solved_at, compute_ms)
            select md5('%3$s evaluation ' || n)::uuid, u, u * 50, least(%4$d, u * 50 + 50), least(50, %4$d - u * 50),
                   'seed', 'CPU', now(), now(), now(), 1000 + u
            from numbers, generate_series(0, (%4$d + 49) / 50 - 1) u""";

    private static final String PREDICTIONS = """
            insert into prediction (evaluation_id, example, grid_digest, q_halt, steps)
            select md5('%3$s evaluation ' || n)::uuid, x, (grids.digests)[1 + (x * 7 + n * 13) %% 4000], 0.5, 16
            from (select array_agg(sha256(('grid ' || g)::bytea) order by g) as digests
                  from generate_series(1, 4000) g) grids,
                 generate_series(%1$d, %2$d) n, generate_series(0, %4$d - 1) x""";

    /** Later models solve a little more; whose turn a task is follows from a hash. */
    private static final String OUTPUTS = """
            insert into test_output (evaluation_id, task, output, candidates, solution_rank, wrong_cells)
            select md5('%3$s evaluation ' || n)::uuid, task, 0, 40,
                   case when luck %% 1000 < 200 + n / 5 then 1 + luck %% 3 end, luck %% 100
            from generate_series(%1$d, %2$d) n, generate_series(0, %4$d - 1) task,
                 lateral (select abs(hashint4(task * 100003 + n)) as luck) hashed""";

    /** The two attempts at each, of which one is right where the solution has their rank. */
    private static final String CANDIDATES = """
            insert into candidate (evaluation_id, task, output, rank, grid_digest, votes, mean_halt)
            select md5('%3$s evaluation ' || n)::uuid, task, 0, rank, grids.digests[1 + (task * 31 + n * 17 + rank) %% 4000],
                   41 - rank * 10, 0.5
            from (select array_agg(sha256(('grid ' || g)::bytea) order by g) as digests
                  from generate_series(1, 4000) g) grids,
                 generate_series(%1$d, %2$d) n, generate_series(0, %4$d - 1) task, generate_series(1, 2) rank""";

    private static final String SCORES = """
            insert into score (evaluation_id, metric, value, low, high)
            select evaluation_id, metric, value, greatest(0, value - 0.05), least(1, value + 0.05)
            from (select evaluation_id, metric, avg((coalesce(solution_rank, 9) <= best)::int)::float8 as value
                  from test_output,
                       (values ('pass@1', 1), ('pass@2', 2), ('pass@5', 5), ('pass@10', 5), ('pass@100', 5),
                               ('pass@1000', 5), ('arc_prize', 2), ('kaggle', 2), ('strict', 2)) metrics (metric, best)
                  where evaluation_id in (
                    select md5('%3$s evaluation ' || n)::uuid from generate_series(%1$d, %2$d) n)
                  group by evaluation_id, metric) shares""";

    /** Each with cells of its own: a subquery that names no column of the outer one would be drawn once for all. */
    private static final String GRIDS = """
            insert into grid (digest, grid_rows, grid_columns, cells)
            select sha256(('grid ' || g)::bytea), 30, 30,
                   decode((select string_agg('0' || floor(random() * 10)::int, '') from generate_series(1, 900)
                           where g > 0), 'hex')
            from generate_series(1, 4000) g on conflict do nothing""";

    private final Connection connection;
    private final String set;

    /** @param set name of one that is there */
    SeedBoard(Connection connection, String set) {
        this.connection = connection;
        this.set = set;
    }

    /** Adds what is missing, some evaluations in each transaction. */
    void until(int evaluations, int predictions, int tasks) throws SQLException {
        if (!set.matches("[a-z0-9._-]+") || count("select count(*) from puzzle_set where name = ?") == 0) {
            throw new IllegalArgumentException("there is no puzzle set '" + set + "' on the platform; import it first");
        }
        int there = (int)
                count("select count(*) from evaluation e join puzzle_set s on s.id = e.puzzle_set_id where s.name = ?");
        if (there < evaluations) {
            long begun = System.nanoTime();
            connection.setAutoCommit(false);
            // Millions of rows that are right by construction: their foreign keys need no looking up.
            execute("set session_replication_role = replica");
            execute("set synchronous_commit = off");
            execute(GRIDS);
            for (int from = there + 1; from <= evaluations; from += AT_ONCE) {
                int to = Math.min(evaluations, from + AT_ONCE - 1);
                execute(String.format(Locale.ROOT, EVALUATIONS, from, to, set, predictions));
                execute(String.format(Locale.ROOT, PREDICTIONS, from, to, set, predictions));
                execute(String.format(Locale.ROOT, OUTPUTS, from, to, set, tasks));
                execute(String.format(Locale.ROOT, CANDIDATES, from, to, set, tasks));
                execute(String.format(Locale.ROOT, SCORES, from, to, set));
                connection.commit();
                System.out.printf(
                        Locale.ROOT, "seeded %d of %d, %.0f s%n", to, evaluations, (System.nanoTime() - begun) / 1e9);
            }
            connection.setAutoCommit(true);
            // As the database's own cleaning would have done in the meantime.
            for (String table : List.of(
                    "grid",
                    "checkpoint",
                    "evaluation",
                    "agreement",
                    "work_unit",
                    "prediction",
                    "test_output",
                    "candidate",
                    "score")) {
                execute("vacuum (analyze) " + table);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d evaluations; predictions in the database: %d; size %d MB%n",
                set,
                count("select count(*) from evaluation e join puzzle_set s on s.id = e.puzzle_set_id where s.name = ?"),
                count("select count(*) from prediction where ? <> ''"),
                count("select pg_database_size(current_database()) / 1048576 where ? <> ''"));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, set);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
