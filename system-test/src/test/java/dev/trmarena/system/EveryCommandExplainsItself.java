package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command that {@code ./arena help} lists, asked for its own help by the script. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryCommandExplainsItself {
    private static final Pattern LISTED =
            Pattern.compile("^  ([a-z]+(?: [a-z-]+)?)(?: \\[?[A-Z].*?)?(?:  +|$)", Pattern.MULTILINE);

    static Stream<String> commands() throws Exception {
        return LISTED
                .matcher(Arena.run(List.of("help")).out())
                .results()
                .map(command -> command.group(1))
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void with_help_and_json_and_without_a_warning(String command) throws Exception {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");
        Arena.Result help = Arena.run(arguments);
        assertThat(help.exit()).as(help.err()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: ").doesNotContain("WARN");
        if (!command.equals("test")) {
            assertThat(help.out()).contains("--json");
        }
    }
}
