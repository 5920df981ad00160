package dev.trmarena.leaderboard.serve;

import dev.trmarena.puzzles.set.PuzzleKind;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Text of which there are only a few: readers of the document may tell them apart without a default case. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ClosedVocabularies implements OASFilter {
    private static final List<Object> KINDS =
            Arrays.stream(PuzzleKind.values()).<Object>map(PuzzleKind::key).toList();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (Schema schema : document.getComponents().getSchemas().values()) {
            if (schema.getProperties() != null) {
                schema.getProperties().forEach((name, property) -> {
                    // Failures have kinds of their own.
                    if (name.equals("puzzleSetKind") || name.equals("kind") && property.getRef() == null) {
                        property.setEnumeration(KINDS);
                    }
                });
            }
        }
    }
}
