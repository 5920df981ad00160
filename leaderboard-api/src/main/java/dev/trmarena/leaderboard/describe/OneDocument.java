package dev.trmarena.leaderboard.describe;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Two services answer, one of them through the other: the document that people read has the operations of both. Those of ingest are
 * taken from the document that its build wrote into the resources of this module.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = OneDocument.LAST)
public final class OneDocument implements OASFilter {
    /** Whatever else describes comes before: greater priorities go first. */
    static final int LAST = -100;

    private static final String INGEST = "/ingest-openapi.json";

    private static final String ABOUT =
            "Where tiny recursive reasoning models are measured. Two services answer, at one address: what is sent in goes to ingest,"
                    + " what is looked at comes from leaderboard-api.\n\n"
                    + "**Who may ask.** There are no accounts and no tokens: whoever reaches the address may ask for everything. The"
                    + " platform listens on the loopback address until it is told otherwise.\n\n"
                    + "**Lists** that may be long are taken page by page: `limit` says how many items an answer has at most, `after`"
                    + " names the item behind which they begin, and the answer's `next` is what `after` has to be for the following"
                    + " page, null on the last. Every other list is whole.\n\n"
                    + "**Refusals** are RFC 9457 problems that name the file, the place, what is wrong and what to do.\n\n"
                    + "**Tags.** A JSON answer to a GET has an ETag; whoever sends it back by If-None-Match gets 304 while nothing"
                    + " changed.";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        merge(document, ofIngest());
        ClosedVocabularies.describe(document);
        document.getInfo().description(ABOUT).license(license());
        document.setServers(List.of(OASFactory.createServer()
                .url("{address}")
                .description("a platform")
                .variables(Map.of(
                        "address",
                        OASFactory.createServerVariable()
                                .defaultValue("http://localhost:8080")
                                .description("what `./arena up` prints, or where somebody else's platform listens")))));
        document.setSecurity(List.of(OASFactory.createSecurityRequirement()));
        document.setTags(Tags.ALL);
    }

    private static org.eclipse.microprofile.openapi.models.info.License license() {
        return OASFactory.createLicense().name("Apache 2.0").url("https://www.apache.org/licenses/LICENSE-2.0");
    }

    private static OpenAPI ofIngest() {
        return SmallRyeOpenAPI.builder()
                .enableModelReader(false)
                .enableStandardStaticFiles(false)
                .enableStandardFilter(false)
                .enableAnnotationScan(false)
                .withCustomStaticFile(OneDocument::ingest)
                .build()
                .model();
    }

    private static InputStream ingest() {
        return Objects.requireNonNull(OneDocument.class.getResourceAsStream(INGEST), INGEST);
    }

    /** What both describe is the same record, so it is there already. */
    private static void merge(OpenAPI document, OpenAPI other) {
        Map<String, Schema> schemas = new TreeMap<>(other.getComponents().getSchemas());
        schemas.putAll(document.getComponents().getSchemas());
        document.getComponents().setSchemas(schemas);
        other.getPaths().getPathItems().forEach((path, item) -> {
            PathItem there = document.getPaths().getPathItem(path);
            if (there == null) {
                document.getPaths().addPathItem(path, item);
            } else {
                item.getOperations().forEach((method, operation) -> add(path, there, method, operation));
            }
        });
    }

    private static void add(String path, PathItem there, PathItem.HttpMethod method, Operation operation) {
        if (there.getOperations().containsKey(method)) {
            throw new IllegalStateException("both services say that they answer " + method + " " + path);
        }
        there.setOperation(method, operation);
    }
}
