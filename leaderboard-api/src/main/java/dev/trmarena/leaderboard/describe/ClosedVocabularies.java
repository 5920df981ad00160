package dev.trmarena.leaderboard.describe;

import dev.trmarena.puzzles.set.PuzzleKind;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Text of which there are only a few: readers of the document may tell them apart without a default case. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ClosedVocabularies implements OASFilter {
    private static final List<Object> KINDS = Arrays.stream(PuzzleKind.values())
            .<Object>map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();
    /** As the table of evaluations allows them. */
    private static final List<Object> STATES = List.of("queued", "running", "finished", "failed");

    private static final Map<String, List<Object>> BY_PROPERTY =
            Map.of("kind", KINDS, "puzzleSetKind", KINDS, "state", STATES);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (Schema schema : document.getComponents().getSchemas().values()) {
            if (schema.getProperties() != null) {
                schema.getProperties().forEach((name, property) -> {
                    if (BY_PROPERTY.containsKey(name)) {
                        property.setEnumeration(BY_PROPERTY.get(name));
                    }
                });
            }
        }
    }
}
