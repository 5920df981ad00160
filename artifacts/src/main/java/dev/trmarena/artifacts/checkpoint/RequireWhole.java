package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.SaveWhole;
import dev.trmarena.limits.Quote;
import java.util.Collection;
import java.util.regex.Pattern;

/** Weights that a trainer saved in pieces: what would make them whole is one line where they were trained. */
final class RequireWhole {
    private static final Pattern FLAT = Pattern.compile("(?:.*\\.)?_?flat_param(?:_\\d+)?");

    private RequireWhole() {}

    /**
     * @param tensors their names
     * @throws BadCheckpoint naming one of the pieces
     */
    static void network(String file, Collection<String> tensors) {
        for (String name : tensors) {
            if (FLAT.matcher(name).matches()) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + Quote.of(name),
                        "it is the part of a sharded network (FSDP) that one process had, all weights in one row",
                        SaveWhole.GATHER);
            }
        }
    }
}
