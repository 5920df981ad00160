package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trmarena.golden.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as people pack them: what is a checkpoint is seen by its beginning, and the configuration by what is in it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchivesAreKnownByTheirContent {
    private static final byte[] STEP = torch(7);
    private static final byte[] LATER = torch(8);
    private static final byte[] YAML = bytes(SmallTrm.yaml());

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private String step;
    private String later;

    enum Packed {
        ZIP,
        TAR,
        GZIP;

        byte[] of(Map<String, byte[]> files) throws IOException {
            if (this == ZIP) {
                return DamagedFilesAreRefusedSafely.zip(files);
            }
            byte[] tar = DamagedFilesAreRefusedSafely.tar(files);
            if (this == TAR) {
                return tar;
            }
            var bytes = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(tar);
            }
            return bytes.toByteArray();
        }
    }

    @BeforeEach
    void what_lies_beside() throws IOException {
        step = convert(STEP, null).tensorDigest();
        later = convert(LATER, null).tensorDigest();
        assertThat(step).isNotEqualTo(later);
        files.put("run/README.md", bytes("notes"));
        files.put("run/trm.py", bytes("never run"));
        files.put("run/preds.npz", DamagedFilesAreRefusedSafely.zip(Map.of("arr_0.npy", new byte[9])));
        files.put("run/.hydra/overrides.yaml", bytes("- arch=trm\n"));
        files.put("run/.hydra/hydra.yaml", bytes("hydra: {run: {dir: '${now:%Y}'}}\n"));
        files.put("run/broken.yaml", bytes("a: [\n"));
    }

    @ParameterizedTest
    @EnumSource
    void under_any_name_with_a_configuration_of_any_name(Packed packed) throws IOException {
        for (String config : List.of("run/config.yaml", "run/.hydra/config.yaml", "run/conf/trained.yml")) {
            for (String name : List.of("run/maze_hard_step_32550", "run/weights", "run/model.v1.final")) {
                var these = new LinkedHashMap<>(files);
                these.put(name, STEP);
                these.put(config, YAML);
                CheckpointManifest manifest = convert(packed.of(these), null);
                assertThat(manifest.tensorDigest()).isEqualTo(step);
                assertThat(manifest.sources()).containsEntry("lCycles", config).doesNotContainKey("file");
            }
        }
        files.put("run/tensors", TorchFile.safetensors(SmallTrm.tensors(7)));
        files.put("run/config.yaml", YAML);
        assertThat(convert(packed.of(files), null).tensorDigest()).isEqualTo(step);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("nothing of the archive is left")
                    .containsExactlyInAnyOrder("upload", "weights.safetensors");
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_several_steps_one_is_named(Packed packed) throws IOException {
        files.put("run/step_100", STEP);
        files.put("run/last/step_200.pt", LATER);
        files.put("run/all_config.yaml", YAML);
        byte[] archive = packed.of(files);
        BadCheckpoint several = refused(archive, null);
        assertThat(several).hasMessageContaining("2 checkpoints: run/step_100, run/last/step_200.pt");
        assertThat(several.remedy()).contains("--file");
        assertThat(several.missing()).containsExactly("file");
        assertThat(several.files()).containsExactly("run/step_100", "run/last/step_200.pt");
        CheckpointManifest chosen = convert(archive, "run/last/step_200.pt");
        assertThat(chosen.tensorDigest()).isEqualTo(later);
        assertThat(chosen.sources()).containsEntry("file", "run/last/step_200.pt");
        assertThat(convert(archive, "step_100").tensorDigest()).isEqualTo(step);
        assertThat(refused(archive, "step_300")).hasMessageContaining("'step_300' is none of its checkpoints");
    }

    @Test
    void a_name_at_two_places_is_given_whole() throws IOException {
        files.put("a/step_1", STEP);
        files.put("b/step_1", LATER);
        files.put("a/config.yaml", YAML);
        files.put("b/config.yaml", bytes(SmallTrm.yaml().replace("L_cycles: 3", "L_cycles: 5")));
        byte[] archive = Packed.ZIP.of(files);
        assertThat(refused(archive, "step_1")).hasMessageContaining("'step_1' is 2 of its checkpoints");
        assertThat(convert(archive, "a/step_1").hyperParameters().lCycles()).isEqualTo(3);
        CheckpointManifest other = convert(archive, "b/step_1");
        assertThat(other.hyperParameters().lCycles()).as("the nearest one").isEqualTo(5);
        assertThat(other.sources()).containsEntry("lCycles", "b/config.yaml");
        files.put("step_1", STEP);
        assertThat(convert(Packed.TAR.of(with("config.yaml", YAML)), "step_1").tensorDigest())
                .as("this is a whole name")
                .isEqualTo(step);
    }

    @Test
    void of_several_configurations_the_nearest_is_taken() throws IOException {
        byte[] other = bytes(SmallTrm.yaml().replace("L_cycles: 3", "L_cycles: 5"));
        files.put("run/step_1", STEP);
        files.put("run/.hydra/config.yaml", other);
        files.put("old/all_config.yaml", other);
        assertThat(convert(Packed.ZIP.of(with("run/config.yaml", YAML)), null).sources())
                .containsEntry("lCycles", "run/config.yaml");
        files.put("run/config.yaml", other);
        assertThat(convert(Packed.ZIP.of(with("run/all_config.yaml", YAML)), null)
                        .sources())
                .containsEntry("lCycles", "run/all_config.yaml");
        assertThat(refused(Packed.ZIP.of(with("run/other.yaml", YAML)), null))
                .hasMessageContaining("2 configurations for run/step_1: run/config.yaml, run/other.yaml");
    }

    @Test
    void an_architecture_alone_is_taken_where_there_is_no_other() throws IOException {
        files.put("run/step_1", STEP);
        byte[] bare = bytes(SmallTrm.yaml()
                .replace("arch:\n", "")
                .replace("project_name: small", "")
                .indent(-2));
        assertThat(convert(Packed.TAR.of(with("code/config/arch/trm.yaml", bare)), null)
                        .sources())
                .containsEntry("lCycles", "code/config/arch/trm.yaml");
        files.put("code/config/arch/trm.yaml", bare);
        assertThat(refused(Packed.TAR.of(with("code/config/arch/hrm.yaml", bare)), null)
                        .missing())
                .as("which of them was trained nobody knows")
                .contains("L_cycles");
        assertThat(convert(Packed.TAR.of(with("run/config.yaml", YAML)), null).sources())
                .containsEntry("lCycles", "run/config.yaml");
    }

    /** It was called one, so its refusal says what it is. */
    @ParameterizedTest
    @ValueSource(strings = {"run/step_1", "run/last.ckpt"})
    void what_is_only_called_a_checkpoint_is_refused_by_name(String name) throws IOException {
        files.put(name, bytes("source,question\n1,2\n"));
        assertThat(refused(Packed.ZIP.of(files), null)).hasMessageContaining("!/" + name);
        files.put("run/weights", STEP);
        files.put("run/config.yaml", YAML);
        assertThat(convert(Packed.ZIP.of(files), null).tensorDigest()).isEqualTo(step);
    }

    @Test
    void more_than_anybody_packs_is_refused() throws IOException {
        files.put("run/step_1", STEP);
        for (int i = 0; i < 101; i++) {
            files.put("run/" + i + ".yaml", bytes("a: " + "b".repeat(1300)));
        }
        byte[] archive = Packed.ZIP.of(files);
        assertThat(refused(archive, null)).hasMessageContaining("more than 131072 bytes");
        Path config = Files.write(folder.resolve("named.yaml"), YAML);
        Path upload = Files.write(folder.resolve("upload"), archive);
        assertThat(CheckpointInspection.convert(
                                upload,
                                "run.zip",
                                Configuration.of(config, "named.yaml"),
                                folder.resolve("weights.safetensors"))
                        .tensorDigest())
                .isEqualTo(step);
    }

    @Test
    void a_file_that_is_no_archive_has_none_to_choose() {
        assertThat(refused(STEP, "step_1")).hasMessageContaining("no archive");
    }

    @Test
    void the_archive_that_people_have() throws IOException {
        Path formats = Golden.folder("formats");
        CheckpointManifest packed = convert(Files.readAllBytes(formats.resolve("other_names.zip")), null);
        var plain = new Configuration(
                Golden.folder("trained/sudoku4x4").resolve("all_config.yaml"), "all_config.yaml", null, Map.of());
        CheckpointManifest right = CheckpointInspection.convert(
                formats.resolve("model_state_dict.pt"), "plain", plain, folder.resolve("weights.safetensors"));
        assertThat(packed.tensorDigest()).isEqualTo(right.tensorDigest());
        assertThat(packed.hyperParameters()).isEqualTo(right.hyperParameters());
        assertThat(packed.sources()).containsEntry("lCycles", "run/config.yaml");
    }

    private Map<String, byte[]> with(String name, byte[] content) {
        var more = new LinkedHashMap<>(files);
        more.put(name, content);
        return more;
    }

    private BadCheckpoint refused(byte[] upload, @Nullable String file) {
        BadCheckpoint bad = catchThrowableOfType(BadCheckpoint.class, () -> convert(upload, file));
        assertThat(bad).as("it was accepted").isNotNull();
        return bad;
    }

    private CheckpointManifest convert(byte[] upload, @Nullable String file) throws IOException {
        Path path = Files.write(folder.resolve("upload"), upload);
        var given = new LinkedHashMap<String, String>();
        if (upload == STEP || upload == LATER) {
            given.putAll(SmallTrm.SETTINGS);
        }
        if (file != null) {
            given.put("file", file);
        }
        return CheckpointInspection.convert(
                path, "run.zip", new Configuration(null, null, null, given), folder.resolve("weights.safetensors"));
    }

    private static byte[] torch(long seed) {
        try {
            return new TorchFile().of(SmallTrm.tensors(seed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
