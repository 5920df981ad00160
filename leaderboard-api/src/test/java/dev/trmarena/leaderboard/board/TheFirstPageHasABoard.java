package dev.trmarena.leaderboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.leaderboard.board.Leaderboard.Published;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whichever sets there are, the first page begins with a board, or with what others published. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheFirstPageHasABoard {
    private static PuzzleSetView set(String name, int evaluations, @Nullable String successor) {
        return new PuzzleSetView(
                name, "arc", "d".repeat(64), 900, 12, 1, 1, 1, Instant.EPOCH, "pass@2", evaluations, successor);
    }

    private static @Nullable String shown(String name, PuzzleSetView... sets) {
        return HomeResource.of(name, List.of(sets), List.of()).puzzleSet();
    }

    @Test
    void it_is_the_set_of_that_name_whatever_others_have_more_runs() {
        assertThat(shown("arc-agi-1", set("arc-agi-1", 0, null), set("arc-agi-1-full", 9, null)))
                .isEqualTo("arc-agi-1");
    }

    @Test
    void else_the_one_of_the_benchmark_that_people_run_on_most_and_that_was_not_replaced() {
        assertThat(shown(
                        "arc-agi-1",
                        set("arc-agi-2", 50, null),
                        set("arc-agi-1-a", 1, null),
                        set("arc-agi-1-b", 3, null),
                        set("arc-agi-1-old", 99, "arc-agi-1-b")))
                .isEqualTo("arc-agi-1-b");
    }

    @Test
    void without_one_published_results_make_it() {
        HomeBoard home = HomeResource.of("arc-agi-1", List.of(set("sudoku-4x4", 5, null)), List.of());
        assertThat(home.puzzleSet()).isNull();
        assertThat(home.published()).extracting(Published::method).contains("TRM", "HRM", "o3-mini-high");
        assertThat(home.name()).isEqualTo("arc-agi-1");
    }

    @Test
    void a_name_of_nothing_leads_to_the_set_with_most_runs() {
        assertThat(shown("gone", set("sudoku-4x4", 1, null), set("arc-style", 2, null)))
                .isEqualTo("arc-style");
        assertThat(HomeResource.of("gone", List.of(), List.of())).isEqualTo(new HomeBoard("gone", null, List.of()));
    }

    @Test
    void its_split_is_said_where_the_recipe_says_it() {
        assertThat(PublishedOn.split("arc-agi-1", recipe("evaluation"))).isEqualTo("public evaluation");
        assertThat(PublishedOn.split("arc-agi-2.x", recipe("training", "evaluation")))
                .isEqualTo("public training and public evaluation");
        assertThat(PublishedOn.split("arc-agi-1", recipe("evaluation", "concept")))
                .isNull();
        assertThat(PublishedOn.split("arc-agi-1", null)).isNull();
        assertThat(PublishedOn.split("mine", recipe("evaluation"))).isNull();
    }

    private static ArcRecipe recipe(String... testSets) {
        return new ArcRecipe(List.of(testSets), List.of(testSets), 0, 0, SplitOrder.TRAIN_TEST);
    }
}
