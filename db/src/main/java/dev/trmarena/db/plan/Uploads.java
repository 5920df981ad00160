package dev.trmarena.db.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The table of uploads. */
public final class Uploads {
    private Uploads() {}

    public static void insert(Handle handle, Upload upload) {
        handle.createUpdate(
                        "insert into upload (id, file_name, digest, bytes) values (:id, :fileName, :digest, :bytes)")
                .bindMethods(upload)
                .execute();
    }

    public static Optional<Upload> find(Handle handle, UUID id) {
        return handle.createQuery("select id, file_name, digest, bytes from upload where id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(Upload.class))
                .findOne();
    }

    /** Uploads that nobody made anything of for so long: their sender is gone. */
    public static List<Upload> olderThan(Handle handle, Duration age) {
        return handle.createQuery(
                        "select id, file_name, digest, bytes from upload where created_at < now() - :age::interval")
                .bind("age", age)
                .map(ConstructorMapper.of(Upload.class))
                .list();
    }

    /** Does nothing when the upload is gone already. */
    public static void delete(Handle handle, UUID id) {
        handle.createUpdate("delete from upload where id = :id").bind("id", id).execute();
    }
}
