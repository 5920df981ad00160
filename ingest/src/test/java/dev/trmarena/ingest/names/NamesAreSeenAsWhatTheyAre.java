package dev.trmarena.ingest.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which characters make a name, and which names look alike. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesAreSeenAsWhatTheyAre {
    @ParameterizedTest
    @ValueSource(strings = {"demo", "my trm", "Größe 2", "模型", "step_1656", "...", "a.b", "🦊"})
    void names(String name) {
        assertThat(PlainName.fits(name, 100)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                " demo",
                "demo ",
                "demo\u00a0",
                "\u3000demo",
                "de\u200bmo",
                "demo\u200d",
                "\u202eomed",
                "demo\u2069",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u2028b",
                "\u3164",
                "\ud800",
                "\ue000"
            })
    void none(String name) {
        assertThat(PlainName.fits(name, 100)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d\u0435mo", "dem\u043e", "\uff44\uff45\uff4d\uff4f", "\u0501emo", "demo"})
    void look_alikes(String name) {
        assertThat(PlainName.skeleton(name)).isEqualTo(PlainName.skeleton("demo"));
    }

    @Test
    void one_name_has_one_form() {
        assertThat(PlainName.composed("cafe\u0301")).isEqualTo("caf\u00e9");
        assertThat(PlainName.skeleton("sudoku-4x4")).isNotEqualTo(PlainName.skeleton("sudoku-9x9"));
        assertThat(PlainName.skeleton("demo")).isNotEqualTo(PlainName.skeleton("Demo"));
    }
}
