package dev.trmarena.artifacts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who computes with an artifact gets what was stored, or is told which file is damaged. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ADamagedArtifactIsNoticed {
    private static final byte[] WEIGHTS = "0.25 0.5 0.75".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path root;

    @Test
    void by_a_process_that_has_not_read_it_before() throws IOException {
        String digest = put();
        Path file = new ArtifactStore(root).verified(digest);
        assertThat(file).hasBinaryContent(WEIGHTS);
        Files.writeString(file, "0.25 0.5 0.76");
        assertThatThrownBy(() -> new ArtifactStore(root).verified(digest))
                .isInstanceOf(ArtifactDamaged.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged")
                .hasMessageContaining("upload");
    }

    @Test
    void until_the_same_content_is_stored_again() throws IOException {
        String digest = put();
        var store = new ArtifactStore(root);
        Files.writeString(store.path(digest), "short");
        assertThatThrownBy(() -> store.verified(digest)).isInstanceOf(ArtifactDamaged.class);
        assertThat(put()).isEqualTo(digest);
        assertThat(store.verified(digest)).hasBinaryContent(WEIGHTS);
    }

    private String put() throws IOException {
        return new ArtifactStore(root).put(new ByteArrayInputStream(WEIGHTS)).digest();
    }
}
