package dev.trmarena.db.board;

import org.jdbi.v3.core.Handle;

/** Chooses what a board ranks by. */
public final class RankPuzzleSet {
    private RankPuzzleSet() {}

    /**
     * @param metric one of the set's kind
     * @return false when there is no such set: nothing was written
     */
    public static boolean by(Handle handle, String name, String metric) {
        return handle.createUpdate("update puzzle_set set ranking_metric = :metric where name = :name")
                        .bind("name", name)
                        .bind("metric", metric)
                        .execute()
                == 1;
    }
}
