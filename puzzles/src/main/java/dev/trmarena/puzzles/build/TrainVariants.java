package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.build.BuildCsvDirectory.Recipe;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.function.UnaryOperator;

/** What the authors' builders make of a puzzle of the train split, besides the puzzle as it is. */
enum TrainVariants {
    /** {@code build_sudoku_dataset.py}: digits, bands, stacks and lines shuffled. */
    SHUFFLES {
        @Override
        int count(Recipe recipe) {
            return 1 + recipe.augmentations();
        }

        @Override
        String type(Recipe recipe) {
            // NumPy adds 64-bit digits where there is an augmented board, 8-bit ones elsewhere.
            return recipe.augmentations() > 0 ? "i8" : "u1";
        }

        @Override
        boolean rated() {
            return true;
        }

        @Override
        UnaryOperator<byte[]> change(int number, int side, NumpyRandom random) {
            return new SudokuShuffle(side, random)::apply;
        }
    },

    /** {@code build_maze_dataset.py}: turned and mirrored. */
    ORIENTATIONS {
        @Override
        int count(Recipe recipe) {
            return recipe.turned() ? 8 : 1;
        }

        @Override
        String type(Recipe recipe) {
            return "u1";
        }

        @Override
        boolean rated() {
            return false;
        }

        @Override
        UnaryOperator<byte[]> change(int number, int side, NumpyRandom random) {
            return tokens -> Augmentation.transformed(new Grid(side, side, tokens), number)
                    .cells();
        }
    };

    /** @throws IllegalArgumentException when such puzzles come in no CSV */
    static TrainVariants of(PuzzleKind kind) {
        return switch (kind) {
            case SUDOKU -> SHUFFLES;
            case MAZE -> ORIENTATIONS;
            case ARC, SEQUENCE -> throw new IllegalArgumentException("no CSV holds puzzles of kind " + kind.key());
        };
    }

    /** Examples made of each puzzle, the puzzle as it is among them. */
    abstract int count(Recipe recipe);

    /** NumPy's type of the arrays. */
    abstract String type(Recipe recipe);

    /** Whether the rating of a row says how hard it is, so that the easy ones may be left out. */
    abstract boolean rated();

    /**
     * What is done to question and answer alike, n² tokens each.
     *
     * @param number of the variant, from 1
     */
    abstract UnaryOperator<byte[]> change(int number, int side, NumpyRandom random);
}
