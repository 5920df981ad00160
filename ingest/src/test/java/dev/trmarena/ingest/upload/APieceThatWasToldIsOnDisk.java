package dev.trmarena.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An offset that was told outlives a power cut: the bytes up to it, and the name of the file that they are in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class APieceThatWasToldIsOnDisk {
    @TempDir
    Path store;

    @Test
    void and_so_is_the_name_of_its_file() throws IOException {
        List<String> steps = new ArrayList<>();
        var files = new PartialFiles(store, new Disk() {
            @Override
            public void syncFile(FileChannel file) throws IOException {
                super.syncFile(file);
                steps.add("file of " + file.size());
            }

            @Override
            public void syncFolder(Path folder) throws IOException {
                super.syncFolder(folder);
                steps.add("folder " + store.relativize(folder));
            }
        });
        UUID upload = UUID.randomUUID();
        try (var file = Objects.requireNonNull(files.hold(upload))) {
            assertThat(steps).containsExactly("folder ", "folder partial", "file of 0");
            file.append(new ByteArrayInputStream(new byte[5]));
            assertThat(steps).endsWith("file of 5");
            assertThat(file.offset()).isEqualTo(5);
        }
        steps.clear();
        try (var file = Objects.requireNonNull(files.hold(upload))) {
            assertThat(steps).as("the name is there").containsExactly("file of 5");
        }
    }
}
