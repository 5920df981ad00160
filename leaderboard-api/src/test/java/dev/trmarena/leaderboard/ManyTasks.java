package dev.trmarena.leaderboard;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** A set of more tiny puzzles than anybody wants in memory, and evaluations on it, whose rows the database makes up. */
public record ManyTasks(Jdbi jdbi, StoredSet stored) {
    private static final int CELLS = 4;

    public static ManyTasks stored(Jdbi jdbi, ArtifactStore store, String name, int tasks) throws IOException {
        var manifest = PuzzleSetManifest.stored(PuzzleKind.SEQUENCE, CELLS, 3, 1, null, tasks, tasks, 2);
        Map<String, String> artifacts = new HashMap<>();
        try (var scratch = Scratch.named("many-tasks")) {
            Path cells = scratch.folder().resolve("cells");
            Npy.writeUint8(cells, new byte[tasks * CELLS], tasks, CELLS);
            Path identifiers = scratch.folder().resolve("identifiers");
            Npy.writeInt32(identifiers, new int[tasks], tasks);
            artifacts.put(PuzzleSetManifest.INPUTS, store.put(cells).digest());
            artifacts.put(PuzzleSetManifest.LABELS, store.put(cells).digest());
            artifacts.put(
                    PuzzleSetManifest.PUZZLE_IDENTIFIERS, store.put(identifiers).digest());
        }
        PuzzleSetManifest stored = manifest.withArtifacts(artifacts);
        String digest = store.put(new ByteArrayInputStream(stored.toJson())).digest();
        var row = new PuzzleSetRow(UUID.randomUUID(), name, stored.kind().key(), digest, CELLS, 3, 1, tasks, tasks);
        jdbi.useTransaction(handle -> PuzzleSets.insert(handle, row, List.of(digest)));
        return new ManyTasks(jdbi, new StoredSet(jdbi, name, digest, PuzzleSet.open(stored, store::path)));
    }

    /**
     * A finished evaluation. The first candidate of a task has a halt score of its own, less for a greater number.
     *
     * @param wrong of each so many tasks the one at this place is wrong, in 1 to 4 cells
     */
    public UUID finished(String model, int every, int wrong) {
        UUID evaluation = stored.plan(jdbi, model);
        int tasks = stored.set().taskCount();
        jdbi.useTransaction(handle -> {
            // Right by construction: looking up a million foreign keys takes longer than all the rest.
            handle.execute("set local session_replication_role = replica");
            handle.execute("insert into grid (digest, grid_rows, grid_columns, cells)"
                    + " values (sha256('many'), 2, 2, '\\x00000000') on conflict do nothing");
            handle.execute(
                    "insert into test_output (evaluation_id, task, output, candidates, solution_rank, wrong_cells)"
                            + " select ?, task, 0, 1, case when task % ? <> ? then 1 end,"
                            + " case when task % ? <> ? then 0 else 1 + task / ? % 4 end"
                            + " from generate_series(0, ? - 1) task",
                    evaluation, every, wrong, every, wrong, every, tasks);
            handle.execute(
                    "insert into candidate (evaluation_id, task, output, rank, grid_digest, votes, mean_halt)"
                            + " select ?, task, 0, 1, sha256('many'), 1, 1 - task / (? * 2.0) from generate_series(0, ? - 1) task",
                    evaluation,
                    tasks,
                    tasks);
            handle.execute("update evaluation set state = 'finished', finished_at = now() where id = ?", evaluation);
        });
        jdbi.useHandle(handle -> handle.execute("analyze test_output, candidate, grid"));
        return evaluation;
    }
}
