package dev.trmarena.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed on is listed; whatever else a shell has is not. */
class SecretsStayWithTheirUser {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_SECRET_ACCESS_KEY",
                "GITHUB_TOKEN",
                "HF_TOKEN",
                "PGPASSWORD",
                "KUBECONFIG",
                "SSH_AUTH_SOCK",
                "ARENA_TOKEN",
                "ARENA_HUB_TOKEN",
                "MY_PATH",
                "PATHS",
                "BASH_FUNC_x%%"
            })
    void not_handed_on(String name) {
        assertThat(OwnEnvironment.isHandedOn(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "LANG",
                "LC_ALL",
                "TZ",
                "TMPDIR",
                "LD_LIBRARY_PATH",
                "JAVA_HOME",
                "JAVA_TOOL_OPTIONS",
                "JDK_JAVA_OPTIONS",
                "OMP_NUM_THREADS",
                "KMP_AFFINITY",
                "CUDA_VISIBLE_DEVICES",
                "NVIDIA_VISIBLE_DEVICES",
                "ARENA_SOLVER_HEAP",
                "QUARKUS_LOG_LEVEL"
            })
    void handed_on(String name) {
        assertThat(OwnEnvironment.isHandedOn(name)).isTrue();
    }

    @Test
    void of_an_environment_the_rest_is_taken_away() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "AWS_SECRET_ACCESS_KEY", "secret"));
        OwnEnvironment.leave(environment);
        assertThat(environment).containsExactly(Map.entry("PATH", "/bin"));
    }
}
