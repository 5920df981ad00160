package dev.trmarena.puzzles.set;

/**
 * What the grids of an ARC task look like, its solutions left out: whoever looks for tasks is told nothing of them.
 *
 * @param side longest side of a grid, in cells
 * @param colours a bit for each colour that occurs, the lowest for colour 0
 */
public record TaskLook(int side, int colours) {
    /** @param wanted a bit a colour */
    public boolean hasAll(int wanted) {
        return (colours & wanted) == wanted;
    }

    public int colourCount() {
        return Integer.bitCount(colours);
    }
}
