package dev.trmarena.db.plan;

import org.jdbi.v3.core.Handle;

/** Which database this is, whatever address it is reached at: a new or a restored one is another. */
public final class DatabaseIdentity {
    private DatabaseIdentity() {}

    /** Identifier of the cluster, a dash, and the number of the database in it. */
    public static String of(Handle handle) {
        return handle.createQuery("""
                        select control.system_identifier || '-' || pg_database.oid
                        from pg_control_system() control, pg_database where datname = current_database()
                        """).mapTo(String.class).one();
    }
}
