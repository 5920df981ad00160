package dev.trmarena.db.record;

import dev.trmarena.db.SqlArrays;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.RankedCandidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Writes test outputs with their candidates as they come, in the caller's transaction. A set of puzzles has as many outputs as
 * puzzles: a slice of them is held, and written with one statement a table.
 */
public final class InsertOutputs implements Consumer<OutputResult> {
    static final int SLICE = 5_000;

    /** Of the grids of a slice: the largest ones have 65,025. */
    static final int SLICE_CELLS = 8 << 20;

    private final Handle handle;
    private final UUID evaluation;
    private final List<OutputResult> slice = new ArrayList<>();
    private final boolean newGrids;
    private int cells;

    /** Of an evaluation whose grids are there, since its predictions are. */
    public InsertOutputs(Handle handle, UUID evaluation) {
        this(handle, evaluation, false);
    }

    private InsertOutputs(Handle handle, UUID evaluation, boolean newGrids) {
        this.handle = handle;
        this.evaluation = evaluation;
        this.newGrids = newGrids;
    }

    /** Of answers that another system gave: those of their grids are written as well that are gone again since {@link InsertGrids}. */
    public static InsertOutputs withGrids(Handle handle, UUID evaluation) {
        UnusedGrids.keep(handle);
        return new InsertOutputs(handle, evaluation, true);
    }

    @Override
    public void accept(OutputResult output) {
        slice.add(output);
        for (RankedCandidate candidate : output.top()) {
            cells += candidate.grid().rows() * candidate.grid().columns();
        }
        if (slice.size() == SLICE || cells >= SLICE_CELLS) {
            write();
        }
    }

    /** Writes what is left. */
    public void end() {
        write();
    }

    private void write() {
        if (slice.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        insert into test_output (evaluation_id, task, output, candidates, solution_rank, wrong_cells)
                        select :id, * from unnest(:tasks, :outputs, :candidates, :ranks, :wrong)""")
                .bind("id", evaluation)
                .bindArray("tasks", Integer.class, SqlArrays.of(slice, OutputResult::task))
                .bindArray("outputs", Integer.class, SqlArrays.of(slice, OutputResult::output))
                .bindArray("candidates", Integer.class, SqlArrays.of(slice, OutputResult::candidates))
                .bindArray("ranks", Integer.class, SqlArrays.of(slice, OutputResult::solutionRank))
                .bindArray("wrong", Integer.class, SqlArrays.of(slice, OutputResult::wrongCells))
                .execute();
        if (newGrids) {
            grids();
        }
        candidates(slice.stream().flatMap(CandidateRow::of).toList());
        slice.clear();
        cells = 0;
    }

    private void grids() {
        SortedMap<byte[], Grid> grids = new TreeMap<>(Arrays::compareUnsigned);
        slice.forEach(output ->
                output.top().forEach(candidate -> grids.put(candidate.grid().digest(), candidate.grid())));
        InsertPredictions.grids(handle, grids);
    }

    /** @param rank from 1 */
    private record CandidateRow(OutputResult of, int rank, RankedCandidate candidate) {
        static Stream<CandidateRow> of(OutputResult output) {
            return IntStream.range(0, output.top().size())
                    .mapToObj(i -> new CandidateRow(
                            output, output.firstRank() + i, output.top().get(i)));
        }
    }

    private void candidates(List<CandidateRow> candidates) {
        handle.createUpdate("""
                        insert into candidate (evaluation_id, task, output, rank, grid_digest, votes, mean_halt)
                        select :id, task, output, rank, decode(digest, 'hex'), votes, halt
                        from unnest(:tasks, :outputs, :ranks, :digests, :votes, :halts)
                          as c (task, output, rank, digest, votes, halt)""")
                .bind("id", evaluation)
                .bindArray("tasks", Integer.class, SqlArrays.of(candidates, each -> each.of()
                        .task()))
                .bindArray("outputs", Integer.class, SqlArrays.of(candidates, each -> each.of()
                        .output()))
                .bindArray("ranks", Integer.class, SqlArrays.of(candidates, CandidateRow::rank))
                .bindArray("digests", String.class, SqlArrays.of(candidates, each -> HexFormat.of()
                        .formatHex(each.candidate().grid().digest())))
                .bindArray("votes", Integer.class, SqlArrays.of(candidates, each -> each.candidate()
                        .votes()))
                .bindArray("halts", Double.class, SqlArrays.of(candidates, each -> each.candidate()
                        .meanHalt()))
                .execute();
    }
}
