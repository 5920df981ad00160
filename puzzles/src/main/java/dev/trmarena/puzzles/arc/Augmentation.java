package dev.trmarena.puzzles.arc;

import dev.trmarena.puzzles.grid.Grid;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an augmented task came from its original, as its name tells: {@code <task>|||t<0-7>|||<ten digits>}.
 *
 * @param task name of the original
 * @param transform dihedral transform, 0 to 7: 0 identity, 1 to 3 counter-clockwise quarter turns, 4 flip left-right, 5 flip
 *     up-down, 6 transpose, 7 flip left-right of the quarter turn
 * @param colours colour c became {@code colours[c]}; 0 to 9 each once
 */
public record Augmentation(String task, int transform, int[] colours) {
    private static final Pattern NAME = Pattern.compile("(.*)\\|\\|\\|t([0-7])\\|\\|\\|([0-9]{10})");
    private static final int[] INVERSE = {0, 3, 2, 1, 4, 5, 6, 7};

    public Augmentation {
        colours = colours.clone();
        boolean[] seen = new boolean[10];
        for (int colour : colours) {
            seen[colour] = true;
        }
        for (boolean present : seen) {
            if (!present) {
                throw new IllegalArgumentException("the colours of " + task + " are not a permutation");
            }
        }
    }

    @Override
    public int[] colours() {
        return colours.clone();
    }

    /** A name without {@code |||} is an original. */
    public static Augmentation parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            if (name.contains("|||")) {
                throw new IllegalArgumentException("'" + name + "' is not the name of an augmented task");
            }
            return new Augmentation(name, 0, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        }
        int[] colours = matcher.group(3).chars().map(c -> c - '0').toArray();
        String task = name.substring(0, name.indexOf("|||"));
        return new Augmentation(task, Integer.parseInt(matcher.group(2)), colours);
    }

    /** Turns a grid of the augmented task back into one of the original: the transform undone, then the colours. */
    public Grid undo(Grid grid) {
        int[] inverse = new int[10];
        for (int c = 0; c < 10; c++) {
            inverse[colours[c]] = c;
        }
        Grid turned = transformed(grid, INVERSE[transform]);
        byte[] cells = turned.cells();
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (byte) inverse[cells[i]];
        }
        return new Grid(turned.rows(), turned.columns(), cells);
    }

    static Grid transformed(Grid grid, int transform) {
        int rows = grid.rows();
        int columns = grid.columns();
        boolean swaps = transform == 1 || transform == 3 || transform >= 6;
        int newRows = swaps ? columns : rows;
        int newColumns = swaps ? rows : columns;
        byte[] cells = new byte[rows * columns];
        for (int r = 0; r < newRows; r++) {
            for (int c = 0; c < newColumns; c++) {
                int from =
                        switch (transform) {
                            case 0 -> grid.cell(r, c);
                            case 1 -> grid.cell(c, columns - 1 - r);
                            case 2 -> grid.cell(rows - 1 - r, columns - 1 - c);
                            case 3 -> grid.cell(rows - 1 - c, r);
                            case 4 -> grid.cell(r, columns - 1 - c);
                            case 5 -> grid.cell(rows - 1 - r, c);
                            case 6 -> grid.cell(c, r);
                            case 7 -> grid.cell(rows - 1 - c, columns - 1 - r);
                            default -> throw new IllegalArgumentException("no dihedral transform " + transform);
                        };
                cells[r * newColumns + c] = (byte) from;
            }
        }
        return new Grid(newRows, newColumns, cells);
    }
}
