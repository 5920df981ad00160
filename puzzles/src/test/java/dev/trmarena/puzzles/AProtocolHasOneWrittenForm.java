package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key stands in tables, messages and addresses: it says everything, and nothing twice. */
class AProtocolHasOneWrittenForm {
    @Test
    void written_and_read_again_without_two_sharing_a_key() {
        Set<String> keys = new HashSet<>();
        Set<String> labels = new HashSet<>();
        int count = 0;
        for (int steps : new int[] {1, 16, 1024}) {
            for (Dtype dtype : Dtype.values()) {
                for (Integer augmentations : new Integer[] {null, 0, 1, 8, 1000}) {
                    for (int flags = 0; flags < 4; flags++) {
                        var protocol = new Protocol(steps, dtype, augmentations, (flags & 1) != 0, (flags & 2) != 0);
                        assertThat(Protocol.parse(protocol.key())).isEqualTo(protocol);
                        keys.add(protocol.key());
                        labels.add(protocol.label());
                        count++;
                    }
                }
            }
        }
        assertThat(keys).hasSize(count);
        assertThat(labels).hasSize(count);
    }

    @Test
    void the_authors_run_everything_to_the_end() {
        assertThat(Protocol.whole(16, Dtype.BFLOAT16).key()).isEqualTo("16-steps.bfloat16");
        assertThat(Protocol.whole(16, Dtype.BFLOAT16).isWhole()).isTrue();
        assertThat(new Protocol(16, Dtype.BFLOAT16, 8, false, false).isWhole()).isFalse();
        assertThat(new Protocol(16, Dtype.BFLOAT16, null, true, false).isWhole())
                .isFalse();
        assertThat(new Protocol(16, Dtype.BFLOAT16, null, false, true).isWhole())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "16",
                "0-steps.float32",
                "016-steps.float32",
                "9999-steps.float32",
                "16-steps.float64",
                "16-steps.float32.first-0-augmentations",
                "16-steps.float32.first-08-augmentations",
                "16-steps.float32.blank-identifier.early",
                "16-steps.float32.",
                " 16-steps.float32"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Protocol.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
