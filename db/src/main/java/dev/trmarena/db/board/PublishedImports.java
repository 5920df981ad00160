package dev.trmarena.db.board;

import dev.trmarena.puzzles.score.PublishedResults.Result;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Results that others published, beside those that come with the platform. Of a source the newest import counts; older ones are kept a while. */
public final class PublishedImports {
    /** Sources that there may be, and imports of each that are kept: with the bound of a request, all of it together is bounded. */
    public static final int MOST_SOURCES = 20;

    static final int KEPT = 10;

    private static final String NEWEST = """
            select distinct on (source) id, source, imported_at from published_import order by source, imported_at desc, id
            """;

    private PublishedImports() {}

    /**
     * One import.
     *
     * @param results that it has
     * @param current whether it is the newest of its source
     */
    public record Import(String source, Instant importedAt, int results, boolean current) {}

    /** Those of the newest import of each source, in the order of the import. */
    public static List<Result> current(Handle handle) {
        return handle.createQuery("""
                        select r.method, r.parameters, r.benchmark, r.split, r.metric, r.percent, r.dollars_per_task, i.source
                        from (%s) i join published_result r on r.import_id = i.id order by i.source, r.idx""".formatted(NEWEST)).mapTo(Result.class).list();
    }

    /** Whether there is room for this source. */
    public static boolean mayImport(Handle handle, String source) {
        return handle.createQuery("select count(distinct source) from published_import where source <> :source")
                        .bind("source", source)
                        .mapTo(Integer.class)
                        .one()
                < MOST_SOURCES;
    }

    /**
     * Puts results in the place of those of the same source. Must run in a transaction.
     *
     * @param results all of this source
     * @return false when they are what is there: nothing was written
     */
    public static boolean replace(Handle handle, String source, List<Result> results) {
        // Two at once would each see the one before.
        handle.execute("select pg_advisory_xact_lock(hashtext('published/' || ?))", source);
        List<Result> before = current(handle).stream()
                .filter(result -> result.source().equals(source))
                .toList();
        if (before.equals(results)) {
            return false;
        }
        UUID id = UUID.randomUUID();
        handle.createUpdate("insert into published_import (id, source) values (:id, :source)")
                .bind("id", id)
                .bind("source", source)
                .execute();
        PreparedBatch batch = handle.prepareBatch("""
                insert into published_result (import_id, idx, method, parameters, benchmark, split, metric, percent, dollars_per_task)
                values (:import, :idx, :method, :parameters, :benchmark, :split, :metric, :percent, :dollarsPerTask)""");
        for (int i = 0; i < results.size(); i++) {
            batch.bindMethods(results.get(i)).bind("import", id).bind("idx", i).add();
        }
        batch.execute();
        handle.createUpdate("""
                        delete from published_import where source = :source and id not in (
                          select id from published_import where source = :source order by imported_at desc, id limit :kept)""").bind("source", source).bind("kept", KEPT).execute();
        return true;
    }

    /** Every import that is kept, by source, the newest first. */
    public static List<Import> history(Handle handle) {
        return handle.createQuery("""
                        select i.source, i.imported_at, (select count(*) from published_result where import_id = i.id)::int as results,
                               i.id in (select id from (%s) newest) as current
                        from published_import i order by i.source, i.imported_at desc, i.id""".formatted(NEWEST)).mapTo(Import.class).list();
    }
}
