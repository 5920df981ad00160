package dev.trmarena.leaderboard.aside;

import dev.trmarena.db.board.ReadSetAside;
import dev.trmarena.db.board.SetAsideView;
import dev.trmarena.http.refuse.Refused;
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
@Path("/api/set-aside")
public class SetAsideResource {
    private static final int MOST = 200;

    private final Jdbi jdbi;

    SetAsideResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @GET
    @Operation(summary = "The newest messages that could not be read or recorded, with their bytes and the reason")
    public SetAsidePage newest(
            @Parameter(description = "only messages with a smaller id: `next` of the page before")
                    @QueryParam("before")
                    @Nullable
                    Long before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refused(400, "limit is " + limit, "a limit is from 1 to " + MOST);
        }
        // One more than asked for tells whether there is another page.
        List<SetAsideView> found = jdbi.withHandle(handle -> ReadSetAside.newest(handle, before, limit + 1));
        if (found.size() <= limit) {
            return new SetAsidePage(found, null);
        }
        List<SetAsideView> page = found.subList(0, limit);
        return new SetAsidePage(page, page.get(limit - 1).id());
    }
}
