package dev.trmarena.http.refuse;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Says of every operation how it refuses: each answer from 400 on is a {@link Problem}. What the operations have in common is said
 * here; a resource names what is its own.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentedRefusals implements OASFilter {
    private static final String PROBLEM = "Problem";

    /** Methods of requests that change nothing. */
    private static final Set<PathItem.HttpMethod> READING =
            Set.of(PathItem.HttpMethod.GET, PathItem.HttpMethod.HEAD, PathItem.HttpMethod.OPTIONS);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null
                || document.getComponents().getSchemas() == null
                || !document.getComponents().getSchemas().containsKey(PROBLEM)) {
            return;
        }
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(path, method, operation)));
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
        APIResponses responses = operation.getResponses();
        if (path.contains("{")) {
            refuses(responses, "404", "there is nothing of that name");
        }
        if (takesJson(operation)) {
            refuses(responses, "400", "the body is no such JSON; says where");
            refuses(responses, "408", "the body did not come in time");
            refuses(responses, "413", "the body is larger than 1 MiB");
        } else if (takesAnything(operation)) {
            refuses(responses, "400", "a parameter has no such value");
        } else if (method == PathItem.HttpMethod.GET && !path.contains("{")) {
            refuses(responses, "406", "what is answered is none of the media types that the request accepts");
        }
        if (!READING.contains(method)) {
            refuses(responses, "403", "a browser says that a page of another site sends this");
            refuses(responses, "415", "what is sent does not say that it is what is taken here");
        }
        refuses(responses, "421", "the platform is not called so: the Host is none of its names");
        refuses(
                responses,
                "503",
                "as many requests of this kind are under way as may be, or a part of the platform is away");
        responses.addAPIResponse(
                "default", OASFactory.createAPIResponse().description("refused or failed, with the remedy"));
        for (Map.Entry<String, APIResponse> response :
                responses.getAPIResponses().entrySet()) {
            if (isRefusal(response.getKey())) {
                response.getValue().setContent(problem());
            }
        }
    }

    private static boolean isRefusal(String status) {
        return status.startsWith("4") || status.startsWith("5") || status.equals("default");
    }

    private static boolean takesJson(Operation operation) {
        return operation.getRequestBody() != null
                && operation.getRequestBody().getContent() != null
                && operation.getRequestBody().getContent().hasMediaType("application/json");
    }

    private static boolean takesAnything(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> parameter.getIn() != Parameter.In.PATH);
    }

    /** Unless the resource says more of it itself; by itself the framework says "Bad Request" of every body. */
    private static void refuses(APIResponses responses, String status, String reason) {
        APIResponse said = responses.getAPIResponse(status);
        if (said == null || "Bad Request".equals(said.getDescription())) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().description(reason));
        }
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
    }
}
