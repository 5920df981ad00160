package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.QuarantinedMessageView;
import dev.trmarena.db.board.ReadQuarantine;
import dev.trmarena.http.refuse.Refusal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What came through Kafka and could not be recorded. */
@Path("/api/quarantined-messages")
public class QuarantineResource {
    private static final int MOST = 200;

    private final Jdbi jdbi;

    QuarantineResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(summary = "The newest messages that could not be read or recorded, with their bytes and the reason")
    public QuarantinePage newest(
            @Parameter(description = "only messages with a smaller id: `next` of the page before")
                    @QueryParam("before")
                    @Nullable
                    Long before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refusal(400, "limit is " + limit, "a limit is from 1 to " + MOST);
        }
        // One more than asked for tells whether there is another page.
        List<QuarantinedMessageView> found =
                jdbi.withHandle(handle -> ReadQuarantine.newest(handle, before, limit + 1));
        if (found.size() <= limit) {
            return new QuarantinePage(found, null);
        }
        List<QuarantinedMessageView> page = found.subList(0, limit);
        return new QuarantinePage(page, page.get(limit - 1).id());
    }
}
