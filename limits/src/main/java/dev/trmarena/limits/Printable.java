package dev.trmarena.limits;

import java.util.Locale;

/**
 * Text of anybody, as it may stand in a log and on a terminal: nothing in it begins a line of its own, moves the cursor, or turns
 * the order of letters. What would is shown as it is written in JSON: {@code &#92;u001b}.
 */
public final class Printable {
    /** Characters of a line, from which on it is cut. */
    public static final int LONGEST_LINE = 8 * 1024;

    private Printable() {}

    /** As a part of one line, which is cut where it is too long. */
    public static String line(String text) {
        return escaped(cut(text), false);
    }

    /** With the lines that it has, all of each: it may be JSON for a program, which is one long line. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, LONGEST_LINE) + "… (" + (line.length() - LONGEST_LINE) + " more characters)";
    }

    /** The same text where there is nothing to escape, which is nearly always. */
    private static String escaped(String text, boolean feeds) {
        StringBuilder shown = null;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            boolean plain = isPlain(character) || feeds && character == '\n';
            if (!plain && shown == null) {
                shown = new StringBuilder(text.length() + 32).append(text, 0, at);
            }
            if (shown != null && plain) {
                shown.append(text, at, next);
            } else if (shown != null) {
                text.substring(at, next)
                        .chars()
                        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                        .forEach(shown::append);
            }
            at = next;
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean isPlain(int character) {
        if (character < 0x7f) {
            return character >= ' ' || character == '\t';
        }
        return switch (Character.getType(character)) {
            // Controls; what is invisible or turns letters round; other ends of lines; half of a character.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
