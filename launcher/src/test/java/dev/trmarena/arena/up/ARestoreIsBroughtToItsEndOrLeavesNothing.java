package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.arena.ArenaProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that is restored into is a platform when all is there, and until then nobody takes it for one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARestoreIsBroughtToItsEndOrLeavesNothing {
    private final Path project = Path.of(System.getProperty("arena.root", ".."));
    private final Progress progress = new Progress(System.out);

    @TempDir
    Path folder;

    @Test
    void and_what_it_made_is_found_again_running_or_not() throws Exception {
        Path data = folder.resolve("data");
        try (var given = LocalDatabase.create(project, data, progress)) {
            assertThatThrownBy(() -> LocalDatabase.open(project, folder, progress))
                    .hasMessageContaining("no platform");
            execute(given, "create table kept as select 42 as answer");
        }
        assertThat(data.resolve("postgres")).as("one that was given up").doesNotExist();

        try (var restored = LocalDatabase.create(project, data, progress)) {
            execute(restored, "create table kept as select 42 as answer");
            restored.restored();
        }
        assertThatThrownBy(() -> LocalDatabase.create(project, data, progress))
                .isInstanceOf(ArenaProblem.class)
                .hasMessageContaining("holds a platform already");
        try (var alone = LocalDatabase.open(project, data, progress)) {
            execute(alone, "select answer from kept");
            try (var beside = LocalDatabase.open(project, data, progress)) {
                assertThat(beside.url()).as("the same server").isEqualTo(alone.url());
                execute(beside, "select answer from kept");
            }
            execute(alone, "select answer from kept");
        }
    }

    @Test
    void also_after_it_was_killed() throws Exception {
        try (DataFolder killed = DataFolder.hold(folder)) {
            killed.beginRestore();
            Files.createDirectories(killed.artifacts().resolve("sha256"));
            assertThatThrownBy(killed::requireWhole)
                    .isInstanceOf(ArenaProblem.class)
                    .hasMessageContaining("interrupted");
        }
        try (DataFolder again = DataFolder.hold(folder)) {
            again.beginRestore();
            assertThat(again.artifacts()).doesNotExist();
            again.restored();
            again.requireWhole();
            assertThat(again.demoLoaded())
                    .as("the demo is not added to what was restored")
                    .exists();
        }
    }

    private static void execute(LocalDatabase database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database.url(), "arena", database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
