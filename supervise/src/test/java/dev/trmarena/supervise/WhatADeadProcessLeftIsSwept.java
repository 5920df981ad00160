package dev.trmarena.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a folder is another process, which is killed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatADeadProcessLeftIsSwept {
    @TempDir
    Path parent;

    @Test
    void but_not_while_its_owner_lives_nor_what_has_another_name() throws Exception {
        Files.createDirectories(parent.resolve("thing-else/deep"));
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        parent.toString())
                .redirectErrorStream(true)
                .start();
        String its = owner.inputReader().readLine();
        try {
            assertThat(Path.of(its).resolve("deep/left")).exists();
            ProcessFolder mine = ProcessFolder.in(parent, "thing");
            assertThat(folders()).containsExactlyInAnyOrder(its, mine.path().toString(), parent + "/thing-else");
            owner.destroyForcibly();
            assertThat(owner.waitFor(20, TimeUnit.SECONDS)).isTrue();

            ProcessFolder again = ProcessFolder.in(parent, "thing");
            assertThat(folders())
                    .containsExactlyInAnyOrder(
                            mine.path().toString(), again.path().toString(), parent + "/thing-else");
            again.delete();
            mine.delete();
            assertThat(folders()).containsExactly(parent + "/thing-else");
        } finally {
            owner.destroyForcibly();
        }
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(Path::toString).toList();
        }
    }

    /** Makes its folder with a file in it, says where, and waits to be killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws IOException {
            ProcessFolder own = ProcessFolder.in(Path.of(args[0]), "thing");
            Files.createFile(Files.createDirectory(own.path().resolve("deep")).resolve("left"));
            System.out.println(own.path());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
