package dev.trmarena.db.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One word for each thing: those that were replaced are gone from the schema, from the names that Postgres chose, too. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheTablesSpeakTheGlossary {
    @Test
    void no_table_column_constraint_or_index_is_named_by_a_word_of_before() {
        List<String> old = TestPostgres.migrated()
                .withHandle(
                        handle -> handle.createQuery("""
                                select name from (
                                  select relname as name, relnamespace as schema from pg_class
                                  union all select conname, connamespace from pg_constraint
                                  union all select attname, relnamespace from pg_attribute join pg_class c on c.oid = attrelid
                                ) named
                                where schema = current_schema()::regnamespace and name ~ 'film|set_aside|attempt'""").mapTo(String.class).list());
        assertThat(old).isEmpty();
    }
}
