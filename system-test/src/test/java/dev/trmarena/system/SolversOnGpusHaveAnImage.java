package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.PackedEngine;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The compose file that lies beside the other, for machines with GPUs, and its stage. No image is built here. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SolversOnGpusHaveAnImage {
    private final String dockerfile;
    private final Object solver;

    SolversOnGpusHaveAnImage() throws IOException {
        dockerfile = Project.text("images/Dockerfile");
        solver = part(part(new Yaml().load(Project.text("images/gpu.yml")), "services"), "solver");
    }

    @Test
    void it_is_the_solver_with_other_libraries_in_the_folder_that_it_is_told() {
        assertThat(dockerfile).contains("FROM solver AS solver-gpu\n");
        String folder = part(part(solver, "environment"), Libtorch.SETTING).toString();
        assertThat(stage(part(part(solver, "build"), "target").toString()))
                .contains("ENV " + Libtorch.SETTING + "=" + folder)
                .contains("COPY --from=libtorch " + folder + " " + folder)
                // Where the version is looked for, and CUDA's runtime.
                .contains(
                        "COPY --from=libtorch /opt/libtorch/torch/version.py",
                        "COPY --from=libtorch /opt/libtorch/nvidia");
        assertThat(stage("libtorch")).contains("--target /opt/libtorch $LIBTORCH");
    }

    @Test
    void the_libraries_are_of_the_version_of_the_build_unless_the_build_argument_names_others() {
        String wanted = "torch==" + PackedEngine.pytorch();
        assertThat(stage("libtorch")).contains("ARG LIBTORCH=" + wanted + "\n");
        assertThat(part(part(part(solver, "build"), "args"), "LIBTORCH")).hasToString("${LIBTORCH:-" + wanted + "}");
    }

    @Test
    void it_is_given_the_gpus() {
        assertThat(part(solver, "deploy").toString()).contains("driver=nvidia", "capabilities=[gpu]");
    }

    private String stage(String name) {
        return TheContainersMatchTheBuild.stage(dockerfile, name);
    }

    private static Object part(Object map, String name) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(name), name);
    }
}
