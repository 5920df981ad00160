package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.arena.client.ArenaApi.RequestedAdaptation;
import dev.trmarena.artifacts.checkpoint.ConfigurationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code arena submit} and {@code arena solve} are told of a checkpoint, in the options that both have. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsAreGivenOnTheCommandLine {
    @Test
    void a_preset_and_several_settings() {
        ConfigurationOptions known =
                parsed("--preset", "trm-arc", "--set", "L_cycles=6", "--set", "pos_encodings=none");
        assertThat(known.preset()).isEqualTo("trm-arc");
        assertThat(known.given()).isEqualTo(Map.of("L_cycles", "6", "pos_encodings", "none"));
    }

    @Test
    void what_is_no_setting_of_the_network_is_given_like_one() {
        assertThat(parsed(
                                "--weights",
                                "ema",
                                "--file",
                                "run/step_1",
                                "--identifier-offset",
                                "400",
                                "--allow-larger-vocabulary")
                        .given())
                .isEqualTo(Map.of(
                        "weights",
                        "ema",
                        "file",
                        "run/step_1",
                        "identifier_offset",
                        "400",
                        "allow_larger_vocabulary",
                        "true"));
    }

    @Test
    void nothing_is_given() {
        ConfigurationOptions known = parsed();
        assertThat(known.preset()).isNull();
        assertThat(known.given()).isEmpty();
    }

    @Test
    void how_rows_are_adapted_before() {
        var command = new SubmitCommand();
        var line = new CommandLine(command);
        line.parseArgs("step_1", "--puzzles", "arc", "--adapt", "rows", "--adapt-steps", "96");
        assertThat(command.protocol.requested().adaptation())
                .isEqualTo(new RequestedAdaptation("rows", 96, null, null, Map.of()));
        var rerun = new RerunCommand();
        String[] all = {"e1", "--adapt", "rows", "--adapt-steps", "0", "--adapt-slots", "2", "--adapt-seed", "7"};
        new CommandLine(rerun)
                .parseArgs(Stream.concat(
                                Stream.of(all),
                                Stream.of("--adapt-set", "puzzle_emb_lr=0.05", "--adapt-set", "lr_min_ratio=1"))
                        .toArray(String[]::new));
        assertThat(rerun.protocol.requested().adaptation())
                .isEqualTo(
                        new RequestedAdaptation("rows", 0, 2, 7, Map.of("puzzle_emb_lr", 0.05, "lr_min_ratio", 1.0)));
        var plain = new RerunCommand();
        new CommandLine(plain).parseArgs("e1", "--steps", "4");
        assertThat(plain.protocol.requested().adaptation()).isNull();
        assertThatThrownBy(() -> new CommandLine(new RerunCommand()).parseArgs("e1", "--adapt", "rows"))
                .hasMessageContaining("--adapt-steps");
        assertThatThrownBy(() -> new CommandLine(new RerunCommand()).parseArgs("e1", "--adapt-steps", "5"))
                .hasMessageContaining("--adapt");
    }

    @Test
    void the_help_says_whose_a_preset_is_and_what_it_reaches() {
        String help = new CommandLine(new SubmitCommand()).getUsageMessage().replaceAll("\\s+", " ");
        assertThat(help)
                .contains(
                        "trm-sudoku-mlp (SamsungSAILMontreal/TinyRecursiveModels at e7b6871;",
                        "87.4 % of Sudoku-Extreme");
    }

    private static ConfigurationOptions parsed(String... options) {
        var command = new SubmitCommand();
        var line = new CommandLine(command);
        var all = new ArrayList<>(List.of("step_1", "--puzzles", "sudoku"));
        all.addAll(List.of(options));
        line.parseArgs(all.toArray(String[]::new));
        return command.options.known;
    }
}
