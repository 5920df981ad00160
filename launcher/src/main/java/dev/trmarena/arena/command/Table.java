package dev.trmarena.arena.command;

import dev.trmarena.limits.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Columns as wide as their widest cell. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /** @param headings a heading that ends with {@code >} makes a column of numbers, flush right */
    Table(String... headings) {
        var row = new ArrayList<String>();
        for (String heading : headings) {
            right.add(heading.endsWith(">"));
            row.add(heading.replaceFirst(">$", ""));
        }
        rows.add(row);
    }

    Table row(String... cells) {
        if (cells.length != right.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.size() + " columns");
        }
        rows.add(Stream.of(cells).map(Printable::line).toList());
        return this;
    }

    void print(PrintStream out) {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String gap = " ".repeat(widths[column] - width(row.get(column)));
                String cell = row.get(column);
                line.append(right.get(column) ? gap + cell : cell + gap).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
