package dev.trmarena.puzzles.arc;

import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.Grid;
import java.util.regex.Pattern;

/**
 * How an augmented task came from its original, as its name tells: {@code <task>|||t<0-7>|||<ten digits>} or, as HRM's builder writes
 * it, {@code <task>_t<0-7>_<ten digits>}.
 *
 * @param task name of the original
 * @param transform dihedral transform, 0 to 7: 0 identity, 1 to 3 counter-clockwise quarter turns, 4 flip left-right, 5 flip
 *     up-down, 6 transpose, 7 flip left-right of the quarter turn
 * @param colours colour c became {@code colours[c]}; 0 to 9 each once
 */
public record Augmentation(String task, int transform, int[] colours) {
    /** Stands between the parts of a name. */
    public static final String SEPARATOR = "|||";

    /** The code of a task that is no augmentation. */
    public static final long ORIGINAL = -1;

    private static final String HRM_SEPARATOR = "_";

    /** What some variants of HRM's builder end a name with: a hash of the colours, from which nobody gets them back. */
    private static final Pattern HASHED = Pattern.compile("_t[0-7]_(-?[0-9]+|[0-9a-f]{16})$");

    private static final int[] INVERSE = {0, 3, 2, 1, 4, 5, 6, 7};
    private static final int COLOURS = 10;
    private static final long TRANSFORM_UNIT = 10_000_000_000L;

    public Augmentation {
        colours = colours.clone();
        requirePermutation(task, colours);
    }

    private static void requirePermutation(String task, int[] colours) {
        int seen = 0;
        for (int colour : colours) {
            seen |= 1 << colour;
        }
        if (colours.length != COLOURS || seen != (1 << COLOURS) - 1) {
            throw new IllegalArgumentException("the colours of " + task + " are not a permutation");
        }
    }

    @Override
    public int[] colours() {
        return colours.clone();
    }

    /** A name without what tells an augmentation is an original. */
    public static Augmentation parse(String name) {
        return of(taskOf(name), codeOf(name));
    }

    /** The name of the original. */
    public static String taskOf(String name) {
        int end = name.indexOf(SEPARATOR);
        if (end < 0 && formed(name, HRM_SEPARATOR)) {
            end = start(name, HRM_SEPARATOR);
        }
        return end < 0 ? name : name.substring(0, end);
    }

    /**
     * What was done to the original as one number: the transform, then the ten colours as decimal digits; {@link #ORIGINAL}
     * for a name that tells of no augmentation.
     *
     * @throws IllegalArgumentException when it tells of one in another form
     */
    public static long codeOf(String name) {
        if (name.contains(SEPARATOR)) {
            if (!formed(name, SEPARATOR)) {
                throw new IllegalArgumentException("'" + Quote.of(name) + "' is not the name of an augmented task");
            }
            return code(name, SEPARATOR);
        }
        if (formed(name, HRM_SEPARATOR)) {
            return code(name, HRM_SEPARATOR);
        }
        if (HASHED.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "'" + Quote.of(name)
                            + "' tells the colours of an augmentation by a hash: what is predicted for it cannot be turned back");
        }
        return ORIGINAL;
    }

    /** Where its end begins: separator, t, transform, separator, ten digits. */
    private static int start(String name, String separator) {
        return name.length() - 2 * separator.length() - 2 - COLOURS;
    }

    private static boolean formed(String name, String separator) {
        int start = start(name, separator);
        int transform = start + separator.length() + 1;
        boolean formed = start >= 0
                && name.startsWith(separator + "t", start)
                && name.charAt(transform) >= '0'
                && name.charAt(transform) <= '7'
                && name.startsWith(separator, transform + 1);
        for (int i = name.length() - COLOURS; formed && i < name.length(); i++) {
            formed = name.charAt(i) >= '0' && name.charAt(i) <= '9';
        }
        return formed;
    }

    private static long code(String name, String separator) {
        int seen = 0;
        long digits = 0;
        for (int i = name.length() - COLOURS; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            seen |= 1 << digit;
            digits = 10 * digits + digit;
        }
        if (seen != (1 << COLOURS) - 1) {
            throw new IllegalArgumentException("the colours of " + name + " are not a permutation");
        }
        return (name.charAt(start(name, separator) + separator.length() + 1) - '0') * TRANSFORM_UNIT + digits;
    }

    /** As {@link #codeOf(String)}. @param colours colour c becomes colours[c] */
    public static long codeOf(int transform, byte[] colours) {
        long digits = 0;
        for (byte colour : colours) {
            digits = 10 * digits + colour;
        }
        return transform * TRANSFORM_UNIT + digits;
    }

    /** @param code see {@link #codeOf(String)} */
    public static Augmentation of(String task, long code) {
        int[] colours = new int[COLOURS];
        byte[] map = coloursOf(code);
        for (int c = 0; c < COLOURS; c++) {
            colours[c] = map[c];
        }
        return new Augmentation(task, transformOf(code), colours);
    }

    public static int transformOf(long code) {
        return code == ORIGINAL ? 0 : (int) (code / TRANSFORM_UNIT);
    }

    /** Ten colours: colour c becomes the c-th of them. */
    public static byte[] coloursOf(long code) {
        byte[] colours = new byte[COLOURS];
        long digits = code == ORIGINAL ? 123456789L : code % TRANSFORM_UNIT;
        for (int c = COLOURS - 1; c >= 0; c--) {
            colours[c] = (byte) (digits % 10);
            digits /= 10;
        }
        return colours;
    }

    /** The name of the augmentation of this code. */
    public static String name(String task, long code) {
        if (code == ORIGINAL) {
            return task;
        }
        String digits = Long.toString(code % TRANSFORM_UNIT + TRANSFORM_UNIT).substring(1);
        return task + SEPARATOR + "t" + transformOf(code) + SEPARATOR + digits;
    }

    /** Makes a grid of the original into one of the augmented task: the colours, then the transform. */
    public Grid apply(Grid grid) {
        return recoloured(transformed(grid, transform), colours);
    }

    /** Turns a grid of the augmented task back into one of the original: the transform undone, then the colours. */
    public Grid undo(Grid grid) {
        int[] inverse = new int[COLOURS];
        for (int c = 0; c < COLOURS; c++) {
            inverse[colours[c]] = c;
        }
        return recoloured(transformed(grid, INVERSE[transform]), inverse);
    }

    private static Grid recoloured(Grid grid, int[] colours) {
        byte[] cells = grid.cells();
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (byte) colours[cells[i]];
        }
        return new Grid(grid.rows(), grid.columns(), cells);
    }

    /** The dihedral transform alone; cells may be anything. */
    public static Grid transformed(Grid grid, int transform) {
        int rows = grid.rows();
        int columns = grid.columns();
        boolean swaps = transform == 1 || transform == 3 || transform >= 6;
        int newRows = swaps ? columns : rows;
        int newColumns = swaps ? rows : columns;
        // Reading goes along a row or a column, forwards or backwards.
        int first =
                switch (transform) {
                    case 0, 6 -> 0;
                    case 1, 4 -> columns - 1;
                    case 2, 7 -> rows * columns - 1;
                    case 3, 5 -> (rows - 1) * columns;
                    default -> throw new IllegalArgumentException("no dihedral transform " + transform);
                };
        int forwards = transform == 2 || transform == 4 ? -1 : 1;
        int downwards = transform == 3 || transform == 7 ? -columns : columns;
        int along = swaps ? downwards : forwards;
        int across = swaps
                ? (transform == 1 || transform == 7 ? -1 : 1)
                : transform == 2 || transform == 5 ? -columns : columns;
        byte[] from = grid.cells();
        byte[] cells = new byte[from.length];
        int to = 0;
        for (int r = 0; r < newRows; r++) {
            int at = first + r * across;
            for (int c = 0; c < newColumns; c++, at += along) {
                cells[to++] = from[at];
            }
        }
        return new Grid(newRows, newColumns, cells);
    }
}
