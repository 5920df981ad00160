package dev.trmarena.leaderboard.describe;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** The chapters of the document, in the order in which somebody meets them. */
final class Tags {
    static final List<Tag> ALL = List.of(
            tag("Uploads", "Files come in, resumably, and are looked at before anything is made of them."),
            tag("Puzzle sets", "Puzzles with their solutions, and the leaderboard of each set."),
            tag(
                    "Published results",
                    "What others published, which stands beside the boards and is never ranked among runs."),
            tag("Evaluations", "A checkpoint on a puzzle set by a protocol, from the request to its scores."),
            tag("Tasks", "What became of each puzzle, down to every grid and every improvement step."),
            tag("Downloads", "An evaluation as files, to take along."),
            tag("Models", "Named lines of checkpoints."),
            tag("Live events", "Evaluations as they change, by server-sent events."),
            tag("Operations", "Solvers, what happened to an evaluation, messages that could not be read."),
            tag("Removing", "What is taken away for good, and what would go with it."));

    private Tags() {}

    private static Tag tag(String name, String description) {
        return OASFactory.createTag().name(name).description(description);
    }
}
