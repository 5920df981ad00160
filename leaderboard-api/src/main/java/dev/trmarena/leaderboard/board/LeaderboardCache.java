package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.BoardVersion;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadBoard;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.leaderboard.serve.Lookup;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Boards as they were sent last. Before every answer the database is asked for the version of the board, a short query; only
 * when that is another one the board is drawn up anew, once for all who wait for it. Nobody gets a board that is older than
 * their request: another recorder may have finished an evaluation a moment ago, and whoever was told so looks for it.
 */
@Singleton
class LeaderboardCache {
    private static final int MOST = 64;
    private static final long MOST_BYTES = 32L << 20;

    private final Jdbi jdbi;
    private final BuildLeaderboard drawUp;
    private final ObjectMapper json;
    private final Cache<Key, Slot> slots = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST)
            .weigher((Key key, Slot slot) -> slot.weight())
            .build();

    LeaderboardCache(Jdbi jdbi, BuildLeaderboard drawUp, ObjectMapper json) {
        this.jdbi = jdbi;
        this.drawUp = drawUp;
        this.json = json;
    }

    private record Key(
            String set, @Nullable String protocol, @Nullable String without) {}

    /** The place of one board, and the lock of those who would draw it up. */
    private static final class Slot {
        private volatile @Nullable CachedBoard kept;

        /** One for itself and one for each 64th of the bytes: with the sum of these both are bounded. */
        private int weight() {
            CachedBoard kept = this.kept;
            return kept == null ? 1 : (int) Math.min(MOST, 1 + kept.board().bytes() * MOST / MOST_BYTES);
        }
    }

    /** @param begun before the database was read, by {@link System#nanoTime} */
    private record CachedBoard(BoardVersion version, LeaderboardSnapshot board, long begun) {}

    private record Read(BoardVersion version, BuildLeaderboard.Read rows) {}

    /**
     * @param protocol see {@link BuildLeaderboard#read}
     * @param without see {@link BuildLeaderboard#read}
     * @throws dev.trmarena.http.refuse.Refusal as that does, and 404 for an unknown puzzle set
     */
    LeaderboardSnapshot of(String set, @Nullable String protocol, @Nullable String without) {
        var key = new Key(set, protocol, without);
        long asked = System.nanoTime();
        BoardVersion now = jdbi.withHandle(handle -> version(handle, key));
        Slot slot = slots.get(key, any -> new Slot());
        CachedBoard kept = slot.kept;
        if (kept != null && kept.version().equals(now)) {
            return kept.board();
        }
        synchronized (slot) {
            kept = slot.kept;
            // While this request waited, another one drew the board up: what it read is at least as new as this
            // request.
            if (kept != null && (kept.version().equals(now) || kept.begun() - asked >= 0)) {
                return kept.board();
            }
            CachedBoard drawn = draw(key);
            slot.kept = drawn;
            // Weighed again.
            slots.put(key, slot);
            return drawn.board();
        }
    }

    /** Version and board are of one snapshot: were they not, a metric that changes twice could leave a board under a wrong version. */
    private CachedBoard draw(Key key) {
        long begun = System.nanoTime();
        Read read = jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            BoardVersion version = version(handle, key);
            PuzzleSetView set = Lookup.puzzleSet(handle, key.set());
            return new Read(version, BuildLeaderboard.read(handle, set, key.protocol(), key.without()));
        });
        Leaderboard board = drawUp.of(read.rows());
        return new CachedBoard(read.version(), LeaderboardSnapshot.of(write(board)), begun);
    }

    private static BoardVersion version(Handle handle, Key key) {
        return ReadBoard.version(handle, key.set(), key.without())
                .orElseThrow(() -> UnknownPuzzleSet.named(handle, key.set()));
    }

    private byte[] write(Leaderboard board) {
        try {
            return json.writeValueAsBytes(board);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a board cannot be written as JSON", e);
        }
    }
}
