package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the grids of one file of ARC tasks and notes every one that is not a rectangle of colours, down to the cell. */
public final class ReadPairs {
    /** Stands in for what could not be read, and for solutions that are not known, as in the authors' builder. */
    public static final Grid UNKNOWN = new Grid(1, 1, new byte[1]);

    private static final int LAST_COLOUR = 9;

    private final String file;
    private final String remedy;
    private final Findings findings;

    /** @param remedy what to do about a grid that is not one */
    public ReadPairs(String file, String remedy, Findings findings) {
        this.file = file;
        this.remedy = remedy;
        this.findings = findings;
    }

    /** @param place of the list, for messages: {@code task 007bbfb7, test} */
    public List<Pair> pairs(JsonNode list, String place) {
        var pairs = new ArrayList<Pair>();
        if (!list.isArray() || list.isEmpty()) {
            findings.add(file, place, list.isArray() ? "the list is empty" : "it is not a list of pairs", remedy);
            return pairs;
        }
        for (JsonNode pair : list) {
            String at = place + " " + pairs.size();
            pairs.add(new Pair(grid(pair.get("input"), at + ", input"), grid(pair.get("output"), at + ", output")));
        }
        return pairs;
    }

    /** @return {@link #UNKNOWN} after noting what is wrong */
    public Grid grid(@Nullable JsonNode node, String place) {
        if (node == null) {
            return wrong(place, "it is missing");
        }
        if (!node.isArray()) {
            return wrong(place, "it is not a list of rows");
        }
        int rows = node.size();
        int columns = rows == 0 ? 0 : node.get(0).size();
        if (rows < 1 || rows > Canvas.SIDE || columns < 1 || columns > Canvas.SIDE) {
            return wrong(place, "it has " + rows + " rows and " + columns + " columns; 1 to 30 of each are possible");
        }
        byte[] cells = new byte[rows * columns];
        for (int r = 0; r < rows; r++) {
            JsonNode row = node.get(r);
            if (!row.isArray() || row.size() != columns) {
                return wrong(place + ", row " + r, "it has " + row.size() + " cells, row 0 has " + columns);
            }
            for (int c = 0; c < columns; c++) {
                JsonNode cell = row.get(c);
                if (!cell.isInt() || cell.intValue() < 0 || cell.intValue() > LAST_COLOUR) {
                    return wrong(
                            place + ", row " + r + ", column " + c, shown(cell) + " is no colour; colours are 0 to 9");
                }
                cells[r * columns + c] = (byte) cell.intValue();
            }
        }
        return new Grid(rows, columns, cells);
    }

    /** A cell may be anything, of any size. */
    private static String shown(JsonNode cell) {
        return cell.isContainerNode() ? "what is there" : Quote.of(cell.toString());
    }

    private Grid wrong(String place, String problem) {
        findings.add(file, place, problem, remedy);
        return UNKNOWN;
    }
}
