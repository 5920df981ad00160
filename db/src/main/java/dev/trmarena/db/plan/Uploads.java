package dev.trmarena.db.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of uploads, unfinished ones included. */
public final class Uploads {
    private static final String SELECT = "select id, file_name, bytes, digest, sender, expires_at from upload ";

    private Uploads() {}

    /** Who asks first how many are {@link #unfinished} holds the {@link #lock}. */
    public static void begin(Handle handle, IncomingUpload upload) {
        handle.createUpdate("""
                        insert into upload (id, file_name, bytes, sender, expires_at)
                        values (:id, :fileName, :bytes, :sender, :expiresAt)""").bindMethods(upload).execute();
    }

    /** Until the transaction ends nobody else begins one: two that count at once would both find room for one. */
    public static void lock(Handle handle) {
        handle.createQuery("select 1 from (select pg_advisory_xact_lock(hashtext('upload'))) as held")
                .mapTo(Integer.class)
                .one();
    }

    /** Those of which something is still to come, at this moment. */
    public static List<IncomingUpload> unfinished(Handle handle, Instant now) {
        return handle.createQuery(SELECT + "where digest is null and expires_at > :now")
                .bind("now", now)
                .mapTo(IncomingUpload.class)
                .list();
    }

    public static Optional<IncomingUpload> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .mapTo(IncomingUpload.class)
                .findOne();
    }

    /** All of them. */
    public static List<IncomingUpload> all(Handle handle) {
        return handle.createQuery(SELECT + "order by created_at")
                .mapTo(IncomingUpload.class)
                .list();
    }

    /**
     * All of it has come: from now on the row names the artifact. The digest is locked by the caller.
     *
     * @return false when the upload is gone
     */
    public static boolean complete(Handle handle, UUID id, String digest) {
        return handle.createUpdate("update upload set digest = :digest where id = :id")
                        .bind("id", id)
                        .bind("digest", digest)
                        .execute()
                == 1;
    }

    /** None of their content is there: whoever goes on with one sends it from its first byte. */
    public static void beginAnew(Handle handle) {
        handle.execute("update upload set digest = null");
    }

    /** Someone is still at it. */
    public static void keepUntil(Handle handle, UUID id, Instant expiresAt) {
        handle.createUpdate("update upload set expires_at = :expiresAt where id = :id")
                .bind("id", id)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    /** Does nothing when the upload is gone already. */
    public static void delete(Handle handle, UUID id) {
        handle.createUpdate("delete from upload where id = :id").bind("id", id).execute();
    }
}
