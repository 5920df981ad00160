package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.StorageView;
import dev.trmarena.http.refuse.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What takes how much storage. */
@Tag(name = "Operations")
@Path("/api/storage")
public class StorageResource {
    private final MeasureStorage storage;

    StorageResource(MeasureStorage storage) {
        this.storage = storage;
    }

    @GET
    @Operation(operationId = "getStorage", summary = "Storage in use, by kind, as it was within the last minute")
    @APIResponse(
            responseCode = "200",
            description =
                    "one of each kind that can be measured: topics while a broker answers, logs where the platform keeps them")
    @APIResponse(responseCode = "503", description = "it cannot be measured now")
    public List<StorageView> inUse() {
        return storage.views()
                .orElseThrow(() -> new Refusal(
                        503, "the storage in use cannot be measured", "try again in a minute; the log says why"));
    }
}
