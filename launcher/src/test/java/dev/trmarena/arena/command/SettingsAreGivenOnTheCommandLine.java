package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code --preset} and {@code --set} of {@code arena submit}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsAreGivenOnTheCommandLine {
    @Test
    void a_preset_and_several_settings() {
        SubmitCommand command = parsed("--preset", "trm-arc", "--set", "L_cycles=6", "--set", "pos_encodings=none");
        assertThat(command.options.preset).isEqualTo("trm-arc");
        assertThat(command.options.given()).isEqualTo(Map.of("L_cycles", "6", "pos_encodings", "none"));
    }

    @Test
    void a_network_and_a_file_are_settings_for_the_server() {
        assertThat(parsed("--weights", "ema", "--file", "run/step_1").options.given())
                .isEqualTo(Map.of("weights", "ema", "file", "run/step_1"));
    }

    @Test
    void nothing_is_given() {
        SubmitCommand command = parsed();
        assertThat(command.options.preset).isNull();
        assertThat(command.options.given()).isEmpty();
    }

    @Test
    void the_help_says_whose_a_preset_is_and_what_it_reaches() {
        String help = new CommandLine(new SubmitCommand()).getUsageMessage().replaceAll("\\s+", " ");
        assertThat(help)
                .contains(
                        "trm-sudoku-mlp (SamsungSAILMontreal/TinyRecursiveModels at e7b6871;",
                        "87.4 % of Sudoku-Extreme");
    }

    private static SubmitCommand parsed(String... options) {
        var command = new SubmitCommand();
        var line = new CommandLine(command);
        var all = new ArrayList<>(List.of("step_1", "--puzzles", "sudoku"));
        all.addAll(List.of(options));
        line.parseArgs(all.toArray(String[]::new));
        return command;
    }
}
