package dev.trmarena.puzzles.score;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.nio.ByteBuffer;

/**
 * What an example answered after each improvement step, without the grids: enough to score every step.
 *
 * @param answers one for each step: {@link #answer} of the tokens after it
 * @param qHalts one for each step: its halt logit
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepHistory(long[] answers, float[] qHalts) {
    private static final int BYTES_A_STEP = Long.BYTES + Float.BYTES;

    public StepHistory {
        if (answers.length != qHalts.length || answers.length == 0) {
            throw new IllegalArgumentException(answers.length + " answers, " + qHalts.length + " halt logits");
        }
        answers = answers.clone();
        qHalts = qHalts.clone();
    }

    /** @throws IllegalArgumentException when these are not the bytes of a step history */
    public static StepHistory of(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % BYTES_A_STEP != 0) {
            throw new IllegalArgumentException("a step history of " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var answers = new long[bytes.length / BYTES_A_STEP];
        var qHalts = new float[answers.length];
        for (int step = 0; step < answers.length; step++) {
            answers[step] = in.getLong();
            qHalts[step] = in.getFloat();
        }
        return new StepHistory(answers, qHalts);
    }

    /** For each step the answer, 8 bytes, and the halt logit, 4 bytes, big-endian. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(answers.length * BYTES_A_STEP);
        for (int step = 0; step < answers.length; step++) {
            out.putLong(answers[step]).putFloat(qHalts[step]);
        }
        return out.array();
    }

    /** That a history of so many steps takes, as {@link #toBytes} writes it. */
    public static int bytes(int steps) {
        return steps * BYTES_A_STEP;
    }

    public int steps() {
        return answers.length;
    }

    /** After so many steps, from 1; an example that ended before keeps its answer. */
    long answerAfter(int step) {
        return answers[Math.min(step, answers.length) - 1];
    }

    float qHaltAfter(int step) {
        return qHalts[Math.min(step, qHalts.length) - 1];
    }

    /**
     * The first 8 bytes of the digest of the grid that these L tokens stand for (see {@link PuzzleSet#comparable}): answers are
     * equal when they score equally. Two grids of one test output share these bytes by chance once in 2^64.
     */
    public static long answer(PuzzleSet set, int example, byte[] tokens) {
        return first(set.comparable(example, tokens));
    }

    static long solution(PuzzleSet set, int task, int output) {
        return first(set.solution(task, output));
    }

    private static long first(Grid grid) {
        return ByteBuffer.wrap(grid.digest()).getLong();
    }
}
