package dev.trmarena.db.plan;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The names of models: those that evaluations have. */
public final class ModelNames {
    private ModelNames() {}

    public static boolean isThere(Handle handle, String name) {
        return handle.createQuery("select exists (select 1 from evaluation where model = :name)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    /** Each once. */
    public static List<String> all(Handle handle) {
        return handle.createQuery("select distinct model from evaluation")
                .mapTo(String.class)
                .list();
    }
}
