package dev.trmarena.ingest.memory;

import dev.trmarena.db.RiskyWork;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The memory of all work that reads files, together: what each may take by the limits of its readers is taken from one figure before it
 * begins, and given back when it ends. Whoever finds too little left waits a while, in the order of coming, and is told to come back.
 */
@ApplicationScoped
public class WorkMemory {
    private static final int BUSY = 503;
    private static final int MEBIBYTE = 1 << 20;

    /** Of the object that an opcode of a pickle or a value of a header becomes. */
    private static final int OBJECT_BYTES = 64;

    /** Weights are read in pieces of so many bytes. */
    private static final long PIECE_BYTES = 16L << 20;

    /** Buffers, whatever is read. */
    private static final long FEW_BYTES = 4L << 20;

    /** What a reader of settings and shapes may hold: the pickle, which takes more than a header of safetensors may. */
    private static final long INSPECTION_BYTES = FEW_BYTES
            + ReadLimits.ZIP_DIRECTORY_BYTES
            + ReadLimits.PICKLE_BYTES
            + (long) OBJECT_BYTES * ReadLimits.PICKLE_OPCODES;

    /** What an import may hold: grids of tasks, names of identifiers, and what each example refers to. */
    private static final long IMPORT_BYTES =
            ReadLimits.TASKS_BYTES + 16L * ReadLimits.IDENTIFIERS + 4L * ReadLimits.EXAMPLES;

    /** What answers may hold: those to puzzles a byte a cell, or those to ARC tasks, a byte a cell and some for each grid. */
    private static final long ANSWERS_BYTES = FEW_BYTES + Math.max(ReadLimits.ANSWER_CELLS, ReadLimits.ANSWERS_BYTES);

    private final Semaphore free;
    private final int all;
    private final Duration wait;
    private final ThreadLocal<Boolean> holding = ThreadLocal.withInitial(() -> false);

    WorkMemory(ReadingConfig config) {
        this.all = Math.toIntExact(config.memory().asLongValue() / MEBIBYTE);
        this.free = new Semaphore(all, true);
        this.wait = config.patience();
    }

    /** @param uploads bytes of the files that are read */
    public static long of(RiskyWork.Kind kind, long uploads) {
        return switch (kind) {
            case INSPECT -> INSPECTION_BYTES;
            case VALUES, PLAN -> INSPECTION_BYTES + PIECE_BYTES;
            case ANSWERS -> ANSWERS_BYTES;
            case IMPORT -> FEW_BYTES + Math.min(uploads, IMPORT_BYTES);
            case SCORE, FETCH -> throw new IllegalArgumentException("nothing of it is read here");
        };
    }

    /** To open a set: tables of its names grow by being copied. @param tasks bytes of the file of its tasks; 0 when it has none */
    public static long ofOpening(PuzzleSetManifest manifest, long tasks) {
        return FEW_BYTES + tasks + 32L * manifest.identifierCount() + 8L * manifest.exampleCount();
    }

    /**
     * Does the work when there is memory for it. Work within other work takes none: the larger of both was taken, or they do not hold
     * it at the same time. What needs more than there is waits until nothing else is done.
     *
     * @throws Refusal 503 when there was none for too long
     */
    public <T> T with(long bytes, Supplier<T> work) {
        if (holding.get()) {
            return work.get();
        }
        int taken = (int) Math.min(all, bytes / MEBIBYTE + 1);
        if (!take(taken)) {
            throw new Refusal(
                    BUSY,
                    "other files are being read, and there is no memory to read these at the same time",
                    "try again in a moment; whoever runs the platform can give ingest more, arena.reading.memory");
        }
        holding.set(true);
        try {
            return work.get();
        } finally {
            holding.remove();
            free.release(taken);
        }
    }

    private boolean take(int mebibytes) {
        try {
            return free.tryAcquire(mebibytes, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
