package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.PackedEngine;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The compose file that lies beside the other, for machines with GPUs, and its stage. No image is built here. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SolversOnGpusHaveAnImage {
    private final String dockerfile;
    private final Map<?, ?> solver;

    SolversOnGpusHaveAnImage() throws IOException {
        dockerfile = Project.text("images/Dockerfile");
        Map<String, Object> file = new Yaml().load(Project.text("images/gpu.yml"));
        solver = (Map<?, ?>) ((Map<?, ?>) file.get("services")).get("solver");
    }

    @Test
    void it_is_the_solver_with_other_libraries_in_the_folder_that_it_is_told() {
        assertThat(dockerfile).contains("FROM solver AS solver-gpu\n");
        String folder =
                ((Map<?, ?>) solver.get("environment")).get(Libtorch.SETTING).toString();
        assertThat(TheContainersMatchTheBuild.stage(
                        dockerfile, build().get("target").toString()))
                .contains("ENV " + Libtorch.SETTING + "=" + folder)
                .contains("COPY --from=libtorch " + folder + " " + folder);
        assertThat(TheContainersMatchTheBuild.stage(dockerfile, "libtorch"))
                .contains("-d " + folder)
                .contains("pytorch-native-$LIBTORCH:$PYTORCH_VERSION");
    }

    @Test
    void the_libraries_are_those_that_djl_has_code_for_unless_the_build_argument_names_others() {
        assertThat(Project.only("ARG LIBTORCH=(\\S+)", dockerfile)).isEqualTo(PackedEngine.cuda());
        assertThat(((Map<?, ?>) build().get("args")).get("LIBTORCH"))
                .isEqualTo("${LIBTORCH:-" + PackedEngine.cuda() + "}");
        assertThat(Project.only("PYTORCH_VERSION=(\\d\\S+)", dockerfile)).isEqualTo(PackedEngine.pytorch());
    }

    @Test
    void it_is_given_the_gpus() {
        assertThat(solver.get("deploy").toString()).contains("driver=nvidia", "capabilities=[gpu]");
    }

    private Map<?, ?> build() {
        return (Map<?, ?>) solver.get("build");
    }
}
