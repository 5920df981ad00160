package dev.trmarena.db;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What happened to an evaluation, in words for people. */
public final class EvaluationHistory {
    private EvaluationHistory() {}

    /** @param event one word: planned, paused, resumed, cancelled, failed, retried, finished, reaped */
    public static void add(Handle handle, UUID evaluation, String event, @Nullable String detail) {
        handle.createUpdate("insert into evaluation_event (evaluation_id, event, detail) values (:id, :event, :detail)")
                .bind("id", evaluation)
                .bind("event", event)
                .bind("detail", detail)
                .execute();
    }
}
