package dev.trmarena.leaderboard.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.Collection;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Gives every JSON answer to a GET its ETag, and 304 to whoever has it already. The tag is the beginning of the SHA-256 of the
 * JSON: equal answers have equal tags, whichever process gave them. Answers that bring a tag of their own keep it.
 */
@Provider
@Singleton
public class TagAnswers implements ContainerResponseFilter {
    private static final int TAG_DIGITS = 32;

    private final ObjectMapper json;

    TagAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** @return the tag of a body; weak, since the same body travels compressed and not */
    public static EntityTag of(byte[] body) {
        return new EntityTag(DigestUtils.sha256Hex(body).substring(0, TAG_DIGITS), true);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!request.getMethod().equals(HttpMethod.GET)
                || response.getStatus() != Response.Status.OK.getStatusCode()
                || response.getEntityTag() != null
                || !isData(response.getEntity())) {
            return;
        }
        byte[] body = json.writeValueAsBytes(response.getEntity());
        EntityTag tag = of(body);
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        // Whoever keeps it asks each time whether it still is the one.
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (request.getRequest().evaluatePreconditions(tag) == null) {
            response.setEntity(body, response.getEntityAnnotations(), MediaType.APPLICATION_JSON_TYPE);
        } else {
            response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
        }
    }

    /** Our answers are records and lists of them; what is streamed has no tag before it is over. */
    private static boolean isData(Object entity) {
        return entity instanceof Record || entity instanceof Collection<?>;
    }
}
