package dev.trmarena.puzzles.score;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Results of puzzles that have one answer each, in eight bytes a puzzle: as objects, those of five million fill the heap of a service. */
final class AnsweredPuzzles extends AbstractList<OutputResult> implements RandomAccess {
    private final int[] tasks;
    private final int[] wrongCells;
    private int size;

    /** @param most that may be added */
    AnsweredPuzzles(int most) {
        this.tasks = new int[most];
        this.wrongCells = new int[most];
    }

    void add(int task, LabelMatch match) {
        tasks[size] = task;
        wrongCells[size] = match.wrong();
        size++;
    }

    /** Without its candidates. */
    @Override
    public OutputResult get(int index) {
        Objects.checkIndex(index, size);
        return result(tasks[index], wrongCells[index], List.of());
    }

    @Override
    public int size() {
        return size;
    }

    /** @param top the answer, or nothing */
    static OutputResult result(int task, int wrongCells, List<RankedCandidate> top) {
        return new OutputResult(task, 0, 1, wrongCells == 0 ? 1 : null, wrongCells, top);
    }
}
