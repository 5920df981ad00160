package dev.trmarena.leaderboard.compare;

import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.compare.AskedEvaluations.Asked;
import dev.trmarena.leaderboard.serve.Paging;
import dev.trmarena.puzzles.score.PairedTest;
import dev.trmarena.puzzles.score.TieGroups;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Two to six evaluations side by side. */
@Tag(name = "Evaluations")
@Path("/api/compare")
public class CompareResource {
    private static final String NAMED = "ids of two to six finished evaluations on one puzzle set, separated by commas";
    private static final String ONLY =
            "a digit for each evaluation, in their order: 1 where it solved the task, 0 where it did not; as 101";
    private static final String NOT_ALIKE =
            "one is not finished, they are on different puzzle sets, or the solutions are hidden";
    private static final int FIRST_TASKS = 50;

    private final AskedEvaluations evaluations;

    CompareResource(AskedEvaluations evaluations) {
        this.evaluations = evaluations;
    }

    @GET
    @Operation(
            operationId = "compareEvaluations",
            summary =
                    "Two to six finished evaluations on one puzzle set: McNemar's exact test of each two, how many tasks"
                            + " each set of them solves, and the first 50 tasks that divide them most")
    @APIResponse(
            responseCode = "200",
            description = "who solved what",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Comparison.class)))
    @APIResponse(responseCode = "404", description = "there is no such evaluation")
    @APIResponse(responseCode = "409", description = NOT_ALIKE)
    public Comparison compare(
            @Parameter(description = NAMED)
                    @QueryParam("e")
                    @NotNull(message = AskedEvaluations.ARE)
                    @Pattern(regexp = AskedEvaluations.IDS, message = AskedEvaluations.ARE)
                    String ids) {
        Asked asked = evaluations.of(ids);
        List<Comparison.Pattern> patterns = asked.solvedBy().byDisagreement().stream()
                .map(pattern -> new Comparison.Pattern(
                        asked.truths(pattern), asked.solvedBy().tasks(pattern).cardinality()))
                .filter(pattern -> pattern.tasks() > 0)
                .toList();
        return new Comparison(
                asked.evaluations(),
                asked.set().taskCount(),
                patterns,
                pairs(asked),
                asked.page(null, -1, FIRST_TASKS));
    }

    @GET
    @Path("tasks")
    @Operation(
            operationId = "listComparedTasks",
            summary = "The tasks of a comparison and who solved them, those that divide the evaluations most first")
    @APIResponse(
            responseCode = "200",
            description = "some of the tasks",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ComparedTasks.class)))
    @APIResponse(responseCode = "404", description = "there is no such evaluation")
    @APIResponse(responseCode = "409", description = NOT_ALIKE)
    public ComparedTasks tasks(
            @Parameter(description = NAMED)
                    @QueryParam("e")
                    @NotNull(message = AskedEvaluations.ARE)
                    @Pattern(regexp = AskedEvaluations.IDS, message = AskedEvaluations.ARE)
                    String ids,
            @Parameter(description = "only what exactly these solved: " + ONLY)
                    @QueryParam("solved")
                    @Pattern(regexp = "[01]{2,6}", message = ONLY)
                    @Nullable
                    String solved,
            @Parameter(description = Paging.AFTER) @QueryParam("after") @DefaultValue("-1") @Min(-1) int after,
            @Parameter(description = Paging.LIMIT)
                    @QueryParam("limit")
                    @DefaultValue(Paging.USUAL)
                    @Min(value = 1, message = Paging.LIMIT_IS)
                    @Max(value = Paging.MOST, message = Paging.LIMIT_IS)
                    int limit) {
        Asked asked = evaluations.of(ids);
        return asked.page(solved == null ? null : pattern(asked, solved), after, limit);
    }

    private static Integer pattern(Asked asked, String digits) {
        int size = asked.evaluations().size();
        if (digits.length() != size) {
            throw new Refusal(400, "'" + digits + "' is no pattern of " + size + " evaluations", "solved is " + ONLY);
        }
        return Integer.parseInt(new StringBuilder(digits).reverse().toString(), 2);
    }

    private static List<Comparison.Pair> pairs(Asked asked) {
        var pairs = new ArrayList<Comparison.Pair>();
        for (int first = 0; first < asked.solved().size(); first++) {
            for (int second = first + 1; second < asked.solved().size(); second++) {
                pairs.add(pair(asked, first, second));
            }
        }
        return pairs;
    }

    private static Comparison.Pair pair(Asked asked, int first, int second) {
        PairedTest test =
                PairedTest.between(asked.solved().get(first), asked.solved().get(second));
        int onlyFirst = test.onlyFirst().cardinality();
        int onlySecond = test.onlySecond().cardinality();
        int both = asked.solved().get(first).count() - onlyFirst;
        return new Comparison.Pair(
                first,
                second,
                both,
                onlyFirst,
                onlySecond,
                asked.set().taskCount() - both - onlyFirst - onlySecond,
                test.pValue(),
                test.pValue() < TieGroups.ALPHA);
    }
}
