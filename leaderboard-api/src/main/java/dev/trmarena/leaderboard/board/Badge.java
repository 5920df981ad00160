package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.messages.EvaluationState;
import java.util.Locale;

/** A score as a small picture for other pages: the puzzle set and its metric, and beside them what was reached. */
final class Badge {
    /** Of a letter at 11 px, on average; {@code textLength} then makes every font fit. */
    private static final double LETTER_PIXELS = 6.6;

    private static final int MARGIN = 8;
    private static final String RIGHT = "#17713f";
    private static final String NEUTRAL = "#4c5a73";

    private Badge() {}

    /** @return SVG, in UTF-8; what people named stands in it as text */
    static String of(EvaluationView evaluation) {
        String what = evaluation.puzzleSet() + " · " + evaluation.mainMetric();
        Double score = evaluation.state() == EvaluationState.FINISHED
                ? evaluation.scores().get(evaluation.mainMetric())
                : null;
        String reached = score == null ? evaluation.state().key() : String.format(Locale.ROOT, "%.2f%%", 100 * score);
        int left = width(what);
        int right = width(reached);
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">
                <title>%4$s, %2$s: %3$s</title>
                <clipPath id="round"><rect width="%1$d" height="20" rx="4"/></clipPath>
                <g clip-path="url(#round)">
                <rect width="%5$d" height="20" fill="#15201e"/>
                <rect x="%5$d" width="%6$d" height="20" fill="%7$s"/>
                </g>
                <g fill="#fff" font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="11">
                <text x="%8$d" y="14" textLength="%9$d" lengthAdjust="spacingAndGlyphs">%2$s</text>
                <text x="%10$d" y="14" textLength="%11$d" lengthAdjust="spacingAndGlyphs">%3$s</text>
                </g>
                </svg>
                """,
                left + right,
                text(what),
                text(reached),
                text(evaluation.model()),
                left,
                right,
                score == null ? NEUTRAL : RIGHT,
                MARGIN,
                left - 2 * MARGIN,
                left + MARGIN,
                right - 2 * MARGIN);
    }

    private static int width(String text) {
        return (int) Math.ceil(LETTER_PIXELS * text.codePointCount(0, text.length())) + 2 * MARGIN;
    }

    private static String text(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}]", " ");
    }
}
