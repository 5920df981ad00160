package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.score.AdaptMode;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    @Test
    void an_adaptation_is_written_out_with_all_its_rates() {
        Set<String> keys = new HashSet<>();
        Set<String> labels = new HashSet<>();
        List<Adaptation> adaptations = List.of(
                Adaptation.of(AdaptMode.ROWS, 0, 1, 0, Map.of()),
                Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of()),
                Adaptation.of(AdaptMode.ROWS, 97, 1, 0, Map.of()),
                Adaptation.of(AdaptMode.ROWS, 96, 2, 0, Map.of()),
                Adaptation.of(AdaptMode.ROWS, 96, 1, Integer.MAX_VALUE, Map.of()),
                Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("puzzle_emb_lr", 0.000000001)),
                Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("puzzle_emb_weight_decay", 0.0)),
                Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("lr_warmup_steps", 0.0)),
                Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("lr_min_ratio", 1.0)),
                Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("halt_exploration_prob", 0.25)),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of()),
                Adaptation.of(AdaptMode.ALL, 96, 1, null, Map.of()),
                Adaptation.of(AdaptMode.ALL, 96, null, 1, Map.of()),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of("puzzle_emb_lr", 0.01)),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of("lr", 0.000000001)),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of("weight_decay", 0.0)),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of("beta1", 0.0)),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of("beta2", 0.99)),
                Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of("ema_rate", 0.0)));
        for (Adaptation adaptation : adaptations) {
            for (int flags = 0; flags < 4; flags++) {
                Integer augmentations = (flags & 2) == 0 ? null : Integer.valueOf(0);
                var protocol = new Protocol(4, Dtype.FLOAT32, augmentations, (flags & 1) != 0, false, adaptation);
                assertThat(Protocol.parse(protocol.key())).isEqualTo(protocol);
                assertThat(protocol.isWhole()).isFalse();
                keys.add(protocol.key());
                labels.add(protocol.label());
            }
        }
        assertThat(keys).hasSize(4 * adaptations.size());
        assertThat(labels).hasSize(4 * adaptations.size());
        var written = new Protocol(4, Dtype.FLOAT32, null, false, false, adaptations.get(1));
        assertThat(written.key())
                .isEqualTo("4-steps.float32.adapt-rows-96x1.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1");
        assertThat(written.label()).isEqualTo("4 steps · float32 · rows adapted: 96 steps");
        var all = new Protocol(4, Dtype.FLOAT32, null, false, false, adaptations.get(10));
        assertThat(all.key())
                .isEqualTo("4-steps.float32.adapt-all-96x8.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1"
                        + ".weights-lr-0.0003.decay-0.1.beta-0.9-0.95.ema-0.98");
        assertThat(all.label()).isEqualTo("4 steps · float32 · all weights adapted: 96 steps");
        assertThat(Adaptation.of(AdaptMode.ALL, 0, null, null, Map.of())).isEqualTo(adaptations.get(0));
        assertThat(adaptations.get(0)).isEqualTo(Adaptation.of(AdaptMode.ROWS, 0, 3, 9, Map.of("puzzle_emb_lr", 1.0)));
    }

    @Test
    void an_adaptation_that_has_no_meaning_is_refused() {
        Adaptation some = Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of());
        assertThatThrownBy(() -> new Protocol(16, Dtype.BFLOAT16, null, false, false, some))
                .hasMessageContaining("float32");
        assertThatThrownBy(() -> new Protocol(16, Dtype.FLOAT32, null, false, true, some))
                .hasMessageContaining("blank identifier");
        assertThatThrownBy(() -> Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("lr", 0.1)))
                .hasMessageContaining("'lr' is no setting of 'rows'")
                .hasMessageContaining("puzzle_emb_lr");
        for (String below : List.of("beta1", "beta2", "ema_rate")) {
            assertThatThrownBy(() -> Adaptation.of(AdaptMode.ALL, 96, null, null, Map.of(below, 1.0)))
                    .hasMessageContaining(below + " is 1.0");
        }
        for (double bad : new double[] {-0.1, 11, Double.NaN, Double.POSITIVE_INFINITY, 1e-10, 1.0 / 3}) {
            assertThatThrownBy(() -> Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("puzzle_emb_lr", bad)))
                    .hasMessageContaining("puzzle_emb_lr is " + bad);
        }
        for (double bad : new double[] {0.5, -1, 1e12}) {
            assertThatThrownBy(() -> Adaptation.of(AdaptMode.ROWS, 96, 1, 0, Map.of("lr_warmup_steps", bad)))
                    .hasMessageContaining("lr_warmup_steps");
        }
        for (int bad : new int[] {-1, Adaptation.MOST_STEPS + 1}) {
            assertThatThrownBy(() -> Adaptation.of(AdaptMode.ROWS, bad, 1, 0, Map.of()))
                    .hasMessageContaining("steps is");
        }
        for (int bad : new int[] {0, Adaptation.MOST_SLOTS + 1}) {
            assertThatThrownBy(() -> Adaptation.of(AdaptMode.ROWS, 96, bad, 0, Map.of()))
                    .hasMessageContaining("slots is");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16-steps.float32.adapt-rows-0x1.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1",
                "16-steps.float32.adapt-rows-96x1.seed-00.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1",
                "16-steps.float32.adapt-rows-96x1.seed-0.lr-0.10.decay-0.1.warmup-10.min-0.1.explore-0.1",
                "16-steps.float32.adapt-rows-96x1.seed-9999999999.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1",
                "16-steps.bfloat16.adapt-rows-96x1.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1",
                "16-steps.float32.adapt-all-96x8.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1",
                "16-steps.float32.adapt-rows-96x1.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1"
                        + ".weights-lr-0.0003.decay-0.1.beta-0.9-0.95.ema-0.98",
                "16-steps.float32.blank-identifier.mean-rows",
                "16-steps.float32.adapt-rows-96x1",
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
