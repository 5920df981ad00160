package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.QuarantinedMessageView;
import dev.trmarena.db.board.ReadQuarantine;
import dev.trmarena.leaderboard.serve.Paging;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What came through Kafka and could not be recorded. */
@Tag(name = "Operations")
@Path("/api/quarantined-messages")
public class QuarantineResource {
    private final Jdbi jdbi;

    QuarantineResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(
            operationId = "listQuarantinedMessages",
            summary = "The newest messages that could not be read or recorded, with their bytes and the reason")
    public QuarantinePage newest(
            @Parameter(description = Paging.AFTER) @QueryParam("after") @Nullable Long after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue(Paging.USUAL)
                    @Min(value = 1, message = Paging.LIMIT_IS)
                    @Max(value = Paging.MOST, message = Paging.LIMIT_IS)
                    int limit) {
        // One more than asked for tells whether there is another page.
        List<QuarantinedMessageView> found = jdbi.withHandle(handle -> ReadQuarantine.newest(handle, after, limit + 1));
        return new QuarantinePage(Paging.page(found, limit), Paging.next(found, limit, QuarantinedMessageView::id));
    }
}
