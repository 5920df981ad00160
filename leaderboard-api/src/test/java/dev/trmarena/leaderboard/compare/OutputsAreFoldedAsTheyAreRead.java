package dev.trmarena.leaderboard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.Database;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.leaderboard.ManyTasks;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.puzzles.score.SubsetScoring;
import dev.trmarena.puzzles.score.TaskBootstrap;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board without shared tasks looks at every test output: none stays, and no connection waits for what is computed of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutputsAreFoldedAsTheyAreRead {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TASKS = 400_000;

    /** The rows, or what is made of them, take more than 20 MB. */
    private static final long MOST_HELD = 8 << 20;

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void of_a_set_as_large_as_the_largest() throws IOException {
        var many = ManyTasks.stored(jdbi, new ArtifactStore(folder), "many", TASKS);
        UUID evaluation = many.finished("model", 4, 0);
        var leftOut = new BitSet();
        leftOut.set(0, TASKS / 2);
        SubsetScoring.OfOne scoring = new SubsetScoring(many.stored().set(), leftOut).begin();
        long before = held();
        var during = new AtomicLong();
        jdbi.useTransaction(handle -> ReadTasks.ranks(handle, evaluation, (task, rank) -> {
            scoring.add(task, rank);
            if (task == TASKS - 2) {
                during.set(held() - before);
            }
        }));
        assertThat(during.get()).as("bytes held").isLessThan(MOST_HELD);
        assertThat(scoring.metrics()).containsEntry("exact_accuracy", 0.75);
        assertThat(scoring.solved().count()).isEqualTo(TASKS / 8 * 3);
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The intervals are drawn in arrays of their own: so many bytes are allocated after the connection was given back. */
    @Test
    void without_a_connection_for_what_is_computed() throws IOException {
        var store = new ArtifactStore(folder);
        var whole = StoredSet.built(jdbi, store, "whole", 0, 12, 1, true);
        StoredSet.built(jdbi, store, "last-five", 7, 12, 1, true);
        UUID evaluation = whole.plan(jdbi, "model");
        jdbi.useHandle(handle -> handle.execute(
                "insert into test_output (evaluation_id, task, output, candidates, solution_rank)"
                        + " select ?, task, 0, 1, case when task % 2 = 0 then 1 end from generate_series(0, 11) task",
                evaluation));
        List<Long> givenBack = new ArrayList<>();
        Jdbi watched = Database.jdbi(watched(() -> givenBack.add(THREADS.getCurrentThreadAllocatedBytes())));
        var sets = Finisher.started(watched, store).puzzleSets();
        var without = new ScoresWithout(watched, sets);
        ScoresWithout.Part part = without.part(view("whole"), view("last-five"));
        givenBack.clear();
        ScoresWithout.Scores scores = without.of(part, evaluation);
        long after = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(scores.metrics()).hasSize(9);
        assertThat(scores.intervals()).hasSize(9);
        assertThat(givenBack).as("connections").hasSize(1);
        assertThat(after - givenBack.get(0))
                .as("bytes allocated without a connection")
                .isGreaterThanOrEqualTo((long) scores.intervals().size() * TaskBootstrap.RESAMPLES * Double.BYTES);
    }

    private PuzzleSetView view(String set) {
        return jdbi.withHandle(handle -> ReadPuzzleSets.byName(handle, set)).orElseThrow();
    }

    /** Connections to the same database that say when they are closed. */
    private DataSource watched(Runnable closed) {
        return proxy(DataSource.class, (source, method, arguments) -> {
            Connection real = jdbi.open().getConnection();
            return proxy(Connection.class, (connection, called, with) -> {
                try {
                    Object result = called.invoke(real, with);
                    if (called.getName().equals("close")) {
                        closed.run();
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
