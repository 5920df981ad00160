package dev.trmarena.artifacts.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content is on disk before the name is given, the name is on disk before anyone is told; so is every folder made for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIsStoredOutlivesAPowerCut {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final String DIGEST = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";

    @TempDir
    Path temp;

    @Test
    void with_the_folders_that_it_is_the_first_in() throws IOException {
        Path root = temp.resolve("data/artifacts");
        var disk = new WatchedDisk();
        var store = new ArtifactStore(root, disk);
        try (IncomingArtifacts incoming = store.begin()) {
            incoming.put(new ByteArrayInputStream(CONTENT));
            assertThat(disk.steps).containsExactly("sync file");
            incoming.take();
        }
        assertThat(disk.steps)
                .containsExactly(
                        "sync file",
                        "sync folder data/artifacts",
                        "sync folder data/artifacts/sha256",
                        "rename to data/artifacts/sha256/03/" + DIGEST,
                        "sync folder data/artifacts/sha256/03");
        assertThat(store.verified(DIGEST)).hasBinaryContent(CONTENT);
    }

    @Test
    void every_time() throws IOException {
        var disk = new WatchedDisk();
        var store = new ArtifactStore(temp, disk);
        store.put(new ByteArrayInputStream(CONTENT));
        disk.steps.clear();
        assertThat(store.put(new ByteArrayInputStream(CONTENT)).digest()).isEqualTo(DIGEST);
        assertThat(disk.steps).containsExactly("sync file", "rename to sha256/03/" + DIGEST, "sync folder sha256/03");
    }

    @Test
    void also_a_file_that_came_in_pieces_and_is_moved_in_as_it_is() throws IOException {
        var disk = new WatchedDisk();
        var store = new ArtifactStore(temp, disk);
        store.take(Files.write(temp.resolve("whole"), CONTENT), DIGEST);
        assertThat(disk.steps)
                .endsWith("rename to sha256/03/" + DIGEST, "sync folder sha256/03")
                .contains("sync folder sha256", "sync folder ");
    }

    @Test
    void in_folders_that_another_process_made_a_moment_ago() throws IOException {
        Files.createDirectories(temp.resolve("sha256/03"));
        var disk = new WatchedDisk();
        new ArtifactStore(temp, disk).put(new ByteArrayInputStream(CONTENT));
        assertThat(disk.steps)
                .containsExactly(
                        "sync file",
                        "sync folder ",
                        "sync folder sha256",
                        "rename to sha256/03/" + DIGEST,
                        "sync folder sha256/03");
    }

    @Test
    void whatever_folders_are_missing() throws IOException {
        var disk = new WatchedDisk();
        disk.createFolders(temp.resolve("a/b"), temp.resolve("a/b"));
        assertThat(temp.resolve("a/b")).isDirectory();
        assertThat(disk.steps).containsExactly("sync folder ", "sync folder a");
    }

    /** The real one, which also tells what it did, by paths below the temporary folder. */
    private final class WatchedDisk extends Disk {
        private final List<String> steps = new ArrayList<>();

        @Override
        public void syncFile(FileChannel file) throws IOException {
            super.syncFile(file);
            steps.add("sync file");
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            super.syncFolder(folder);
            steps.add("sync folder " + temp.relativize(folder));
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            steps.add("rename to " + temp.relativize(to));
        }
    }
}
