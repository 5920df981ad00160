package dev.trmarena.db;

import dev.trmarena.messages.HistoryEvent;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What happened to an evaluation. */
public final class EvaluationHistory {
    private EvaluationHistory() {}

    /** @param detail for people; null where the event says it all */
    public static void add(Handle handle, UUID evaluation, HistoryEvent event, @Nullable String detail) {
        handle.createUpdate("insert into evaluation_event (evaluation_id, event, detail) values (:id, :event, :detail)")
                .bind("id", evaluation)
                .bind("event", event)
                .bind("detail", detail)
                .execute();
    }
}
