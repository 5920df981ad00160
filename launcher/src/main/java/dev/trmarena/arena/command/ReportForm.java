package dev.trmarena.arena.command;

import java.util.Locale;

/** A form in which others collect scores. */
enum ReportForm {
    /** JSON records by the schema of that name. */
    EVERY_EVAL_EVER,
    /** YAML for the front matter of a model card. */
    MODEL_INDEX;

    /** As the command line writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
