package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON as Python's {@code json.dump} writes it, to the byte: a space after every comma and colon, all else as ASCII. */
final class PythonJson {
    private static final int DOUBLE_DIGITS = 17;

    private PythonJson() {}

    static String text(String value) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default ->
                    out.append(
                            c >= ' ' && c <= '~' ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return out.append('"').toString();
    }

    /** The shortest decimal that is this double: Java 17's own text sometimes has a digit too many. */
    static String number(double value) {
        for (int digits = 1; digits < DOUBLE_DIGITS; digits++) {
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                String plain = rounded.stripTrailingZeros().toPlainString();
                return plain.contains(".") ? plain : plain + ".0";
            }
        }
        return new BigDecimal(value).round(new MathContext(DOUBLE_DIGITS)).toPlainString();
    }

    /** @param values integers, doubles, texts or lists of texts, in the order of writing */
    static String object(Map<String, ?> values) {
        var out = new StringBuilder("{");
        values.forEach((key, value) -> {
            out.append(out.length() == 1 ? "" : ", ").append(text(key)).append(": ");
            if (value instanceof Double number) {
                out.append(number(number));
            } else if (value instanceof Integer) {
                out.append(value);
            } else if (value instanceof List<?> texts) {
                out.append('[');
                out.append(String.join(
                        ", ",
                        texts.stream().map(item -> text(String.valueOf(item))).toList()));
                out.append(']');
            } else {
                throw new IllegalArgumentException(key + " is a " + value.getClass());
            }
        });
        return out.append('}').toString();
    }

    static void pairs(StringBuilder out, List<Pair> pairs) {
        out.append('[');
        for (int i = 0; i < pairs.size(); i++) {
            out.append(i == 0 ? "" : ", ").append("{\"input\": ");
            grid(out, pairs.get(i).input());
            out.append(", \"output\": ");
            grid(out, pairs.get(i).output());
            out.append('}');
        }
        out.append(']');
    }

    private static void grid(StringBuilder out, Grid grid) {
        out.append('[');
        for (int r = 0; r < grid.rows(); r++) {
            out.append(r == 0 ? "[" : ", [");
            for (int c = 0; c < grid.columns(); c++) {
                out.append(c == 0 ? "" : ", ").append(grid.cell(r, c));
            }
            out.append(']');
        }
        out.append(']');
    }
}
