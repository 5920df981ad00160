package dev.trmarena.db.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.qualifier.QualifiedType;
import org.jdbi.v3.json.Json;

/** The table of fetches. How much of one has come, and whether it is whole, its upload says. */
public final class Fetches {
    private static final String SELECT =
            "select f.upload, f.file_name, f.bytes, f.said_digest, f.origin, f.sender, f.problem from hub_fetch f ";

    private static final QualifiedType<Origin> ORIGIN =
            QualifiedType.of(Origin.class).with(Json.class);

    private Fetches() {}

    /** In the transaction that begins its upload. */
    public static void begin(Handle handle, Fetch fetch) {
        handle.createUpdate("""
                        insert into hub_fetch (upload, file_name, bytes, said_digest, origin, sender)
                        values (:upload, :fileName, :bytes, :saidDigest, :origin, :sender)""")
                .bind("upload", fetch.upload())
                .bind("fileName", fetch.fileName())
                .bind("bytes", fetch.bytes())
                .bind("saidDigest", fetch.saidDigest())
                .bindByType("origin", fetch.origin(), ORIGIN)
                .bind("sender", fetch.sender())
                .execute();
    }

    public static Optional<Fetch> find(Handle handle, UUID upload) {
        return handle.createQuery(SELECT + "where f.upload = :upload")
                .bind("upload", upload)
                .mapTo(Fetch.class)
                .findOne();
    }

    /** Those of which something is still to come, the first come first. */
    public static List<Fetch> open(Handle handle) {
        return handle.createQuery(SELECT + """
                        join upload u on u.id = f.upload
                        where f.problem is null and u.digest is null order by f.created_at, f.upload""").mapTo(Fetch.class).list();
    }

    /** Those that still go on at {@code now} and would be given up before {@code soon} are not given up before {@code until}. */
    public static void keepUntil(Handle handle, Instant now, Instant soon, Instant until) {
        handle.createUpdate("""
                        update upload set expires_at = :until from hub_fetch f
                        where f.upload = upload.id and f.problem is null and upload.digest is null
                          and upload.expires_at > :now and upload.expires_at < :soon""")
                .bind("now", now)
                .bind("soon", soon)
                .bind("until", until)
                .execute();
    }

    /** Nothing comes of it, and nothing is left of what came. Keeps the first reason. @param problem as JSON */
    public static void fail(Handle handle, UUID upload, String problem) {
        handle.createUpdate(
                        "update hub_fetch set problem = cast(:problem as jsonb) where upload = :upload and problem is null")
                .bind("upload", upload)
                .bind("problem", problem)
                .execute();
        Uploads.delete(handle, upload);
    }

    /** Nobody wants to know of it any more. */
    public static void delete(Handle handle, UUID upload) {
        handle.createUpdate("delete from hub_fetch where upload = :upload")
                .bind("upload", upload)
                .execute();
    }

    /** Those that began before then and are no uploads any more; beside these the oldest that failed, where there are more than so many. */
    public static void forget(Handle handle, Instant before, int most) {
        handle.createUpdate("""
                        delete from hub_fetch f where not exists (select 1 from upload u where u.id = f.upload)
                          and (f.created_at < :before or f.upload in (
                            select upload from hub_fetch where problem is not null
                            order by created_at desc, upload offset :most))""").bind("before", before).bind("most", most).execute();
    }

    /** A checkpoint was made of a file that was fetched; what was known of it before stays. */
    public static void madeCheckpoint(Handle handle, UUID upload, String manifestDigest) {
        handle.createUpdate("""
                        update checkpoint set origin = f.origin from hub_fetch f
                        where f.upload = :upload and manifest_digest = :manifest and checkpoint.origin is null""")
                .bind("upload", upload)
                .bind("manifest", manifestDigest)
                .execute();
    }

    /** A puzzle set was made of files that were fetched; what was known of it before stays. @param upload the first of the files */
    public static void madePuzzleSet(Handle handle, UUID upload, String name) {
        handle.createUpdate("""
                        update puzzle_set set fetched_from = f.origin from hub_fetch f
                        where f.upload = :upload and name = :name and puzzle_set.fetched_from is null""").bind("upload", upload).bind("name", name).execute();
    }

    /** Where the files of a puzzle set came from; empty when somebody sent them. */
    public static Optional<Origin> ofPuzzleSet(Handle handle, String name) {
        return handle.createQuery("select fetched_from from puzzle_set where name = :name and fetched_from is not null")
                .bind("name", name)
                .mapTo(ORIGIN)
                .findOne();
    }
}
