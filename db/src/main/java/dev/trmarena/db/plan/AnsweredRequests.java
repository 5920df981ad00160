package dev.trmarena.db.plan;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What requests made, for those that are sent again. */
public final class AnsweredRequests {
    private AnsweredRequests() {}

    /** @param digest SHA-256 of the request */
    public static Optional<String> find(Handle handle, String digest) {
        return handle.createQuery("select made from answered_request where digest = :digest")
                .bind("digest", digest)
                .mapTo(String.class)
                .findOne();
    }

    /** In the transaction that makes it. @param made id of the evaluation, or name of the puzzle set */
    public static void add(Handle handle, String digest, String made) {
        handle.createUpdate(
                        "insert into answered_request (digest, made) values (:digest, :made) on conflict do nothing")
                .bind("digest", digest)
                .bind("made", made)
                .execute();
    }
}
