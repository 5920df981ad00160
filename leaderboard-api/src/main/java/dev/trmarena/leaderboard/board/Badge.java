package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.score.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A score as a small picture for other pages: model, puzzle set and metric, and beside them what was reached, with its interval. */
final class Badge {
    /** Of a letter at 11 px, on average; {@code textLength} then makes every font fit. */
    private static final double LETTER_PIXELS = 6.6;

    /** Of a model's name. */
    private static final int MOST_LETTERS = 32;

    private static final int MARGIN = 8;
    private static final String RIGHT = "#17713f";
    private static final String NEUTRAL = "#4c5a73";

    private Badge() {}

    /** @return SVG, in UTF-8; what people named stands in it as text */
    static String of(EvaluationView evaluation) {
        String what = shortened(evaluation.model()) + " · " + evaluation.puzzleSet() + " · " + evaluation.mainMetric();
        Double score = evaluation.state() == EvaluationState.FINISHED
                ? evaluation.scores().get(evaluation.mainMetric())
                : null;
        String reached = score == null
                ? evaluation.state().key()
                : String.format(Locale.ROOT, "%.2f%%", 100 * score)
                        + interval(evaluation.intervals().get(evaluation.mainMetric()));
        int left = width(what);
        int right = width(reached);
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">
                <title>%4$s on %12$s: %3$s</title>
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
                right - 2 * MARGIN,
                text(evaluation.puzzleSet()));
    }

    /** As the page writes it; empty where there is none. */
    private static String interval(@Nullable Interval interval) {
        return interval == null
                ? ""
                : String.format(Locale.ROOT, " (%.1f–%.1f%%)", 100 * interval.low(), 100 * interval.high());
    }

    /** The whole name stands in the title. */
    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= MOST_LETTERS
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MOST_LETTERS - 1)) + "…";
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
