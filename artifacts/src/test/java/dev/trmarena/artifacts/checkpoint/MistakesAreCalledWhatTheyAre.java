package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people send in place of a checkpoint, or a part of one: the refusal says what it is, once, and what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MistakesAreCalledWhatTheyAre {
    @TempDir
    Path folder;

    @Test
    void another_file() throws IOException {
        assertThat(refusal("source,question,answer,rating\na,1,1,0\n").problem())
                .isEqualTo("it is a CSV, not a checkpoint");
        assertThat(refusal(SmallTrm.yaml()).problem()).isEqualTo("it is YAML, as a configuration is, not a checkpoint");
        assertThat(refusal("no weights").problem()).isEqualTo("it is text, not a checkpoint");
        assertThat(refusal("<!doctype html><title>step_1</title>").problem()).contains("an HTML page");
        BadCheckpoint pointer = refusal("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n");
        assertThat(pointer.problem()).contains("a pointer of Git LFS");
        assertThat(pointer.remedy()).contains("git lfs pull");
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13})
                        .problem())
                .isEqualTo("it is a PNG picture, not a checkpoint");
    }

    @Test
    void a_part_of_a_checkpoint() throws IOException {
        byte[] torch = new TorchFile().of(SmallTrm.tensors(1));
        byte[] safetensors = TorchFile.safetensors(SmallTrm.tensors(1));
        for (byte[] whole : new byte[][] {torch, safetensors}) {
            BadCheckpoint part = refusal(Arrays.copyOf(whole, whole.length * 3 / 4));
            assertThat(part.problem()).containsOnlyOnce("truncated").doesNotContain("torch.save");
            assertThat(part.remedy()).startsWith("Upload it again");
        }
    }

    private BadCheckpoint refusal(String text) throws IOException {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    private BadCheckpoint refusal(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("step_1"), content);
        var configuration = new Configuration(null, null, null, SmallTrm.SETTINGS);
        return catchThrowableOfType(
                BadCheckpoint.class,
                () -> CheckpointInspection.convert(file, "step_1", configuration, folder.resolve("weights")));
    }
}
