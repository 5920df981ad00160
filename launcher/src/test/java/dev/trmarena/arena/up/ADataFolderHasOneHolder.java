package dev.trmarena.arena.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.arena.ArenaProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ADataFolderHasOneHolder {
    @TempDir
    Path folder;

    @Test
    void and_the_second_is_told_who_and_where() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder held = DataFolder.hold(data)) {
            held.announce("http://localhost:4711");
            assertThatThrownBy(() -> DataFolder.hold(data))
                    .isInstanceOf(ArenaProblem.class)
                    .hasMessageContaining("already running")
                    .hasMessageContaining("http://localhost:4711")
                    .satisfies(problem -> assertThat(((ArenaProblem) problem).describe())
                            .contains(String.valueOf(ProcessHandle.current().pid()))
                            .contains("--data"));
        }
        DataFolder.hold(data).close();
    }

    @Test
    void and_a_folder_with_other_files_is_left_alone() throws Exception {
        Path mine = Files.writeString(folder.resolve("thesis.tex"), "years of work");
        assertThatThrownBy(() -> DataFolder.hold(folder)).hasMessageContaining("other files");
        assertThat(folder).isDirectoryContaining(mine::equals);
        assertThat(folder.resolve("arena.lock")).doesNotExist();
    }

    @Test
    void and_fresh_deletes_only_what_the_platform_made() throws Exception {
        try (DataFolder held = DataFolder.hold(folder)) {
            Files.createDirectories(held.kafka().resolve("arena.work-0"));
            Files.createDirectories(held.artifacts());
            Files.writeString(held.demoLoaded(), "");
            Path notes = Files.writeString(folder.resolve("notes.txt"), "mine");
            held.empty();
            assertThat(held.kafka()).doesNotExist();
            assertThat(held.artifacts()).doesNotExist();
            assertThat(held.demoLoaded()).doesNotExist();
            assertThat(notes).exists();
        }
    }

    @Test
    void and_is_made_private_though_it_was_there_before() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        DataFolder.hold(open).close();
        assertThat(Files.getPosixFilePermissions(open)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void who_is_whoever_starts_the_platform() throws Exception {
        Object me = DataFolder.owner(Path.of("/proc/self"));
        DataFolder.refuseThatOfAnybodyElse(folder, me);
        assertThatThrownBy(() -> DataFolder.refuseThatOfAnybodyElse(folder, (int) me + 1))
                .isInstanceOf(ArenaProblem.class)
                .hasMessageContaining("belongs to somebody else");
    }
}
