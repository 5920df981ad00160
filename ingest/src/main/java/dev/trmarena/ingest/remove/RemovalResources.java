package dev.trmarena.ingest.remove;

import dev.trmarena.db.remove.Removable;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people want gone, each at its own address. With {@code dryRun} each tells what would go, and does nothing. */
final class RemovalResources {
    private static final String GONE = "what is gone, or would go";

    private RemovalResources() {}

    @Tag(name = "Removing")
    @Path("/api/evaluations/{id}")
    static class OfAnEvaluation {
        private final Remove remove;

        OfAnEvaluation(Remove remove) {
            this.remove = remove;
        }

        @DELETE
        @Operation(
                operationId = "removeEvaluation",
                summary = "Removes an evaluation for good, with its answers and scores; while it runs, too")
        @APIResponse(responseCode = "200", description = GONE)
        @APIResponse(responseCode = "404", description = "there is no such evaluation")
        public RemovalView remove(
                @PathParam("id") String id, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
            return remove.asked(Removable.EVALUATION, id, dryRun);
        }
    }

    @Tag(name = "Removing")
    @Path("/api/models/{name}")
    static class OfAModel {
        private final Remove remove;

        OfAModel(Remove remove) {
            this.remove = remove;
        }

        @DELETE
        @Operation(operationId = "removeModel", summary = "Removes every evaluation under a name, and so the name")
        @APIResponse(responseCode = "200", description = GONE)
        @APIResponse(responseCode = "404", description = "nothing was ever evaluated under that name")
        public RemovalView remove(
                @PathParam("name") String name, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
            return remove.asked(Removable.MODEL, name, dryRun);
        }
    }

    @Tag(name = "Removing")
    @Path("/api/checkpoints/{digest}")
    static class OfACheckpoint {
        private final Remove remove;

        OfACheckpoint(Remove remove) {
            this.remove = remove;
        }

        @DELETE
        @Operation(
                operationId = "removeCheckpoint",
                summary = "Removes every evaluation of the same weights, by their tensor digest, and the weights")
        @APIResponse(responseCode = "200", description = GONE)
        @APIResponse(responseCode = "404", description = "no weights with that digest were evaluated")
        public RemovalView remove(
                @PathParam("digest") String digest, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
            return remove.asked(Removable.CHECKPOINT, digest, dryRun);
        }
    }

    @Tag(name = "Removing")
    @Path("/api/puzzle-sets/{name}")
    static class OfAPuzzleSet {
        private final Remove remove;

        OfAPuzzleSet(Remove remove) {
            this.remove = remove;
        }

        @DELETE
        @Operation(operationId = "removePuzzleSet", summary = "Removes a puzzle set and every evaluation on it")
        @APIResponse(responseCode = "200", description = GONE)
        @APIResponse(responseCode = "404", description = "there is no such puzzle set")
        @APIResponse(responseCode = "409", description = "an evaluation on it was begun meanwhile")
        public RemovalView remove(
                @PathParam("name") String name, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
            return remove.asked(Removable.PUZZLE_SET, name, dryRun);
        }
    }
}
