package dev.trmarena.ingest.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.db.plan.AnsweredRequests;
import dev.trmarena.db.plan.ArtifactUses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes one thing of a request, however often it is sent: an answer may be lost on its way, and people click twice. What was made
 * is remembered for as long as uploads are kept; the request itself says what is the same, as it names uploads that are used once.
 */
@ApplicationScoped
public class AnswerOnce {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .findAndAddModules()
            .build();

    private final Jdbi jdbi;

    AnswerOnce(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param request a record that names an upload, or something else that no other request names
     * @param madeBefore what was made, as it is now; empty when it is gone
     * @param work makes it, and calls {@link #made} in the transaction that does
     */
    public <T> T once(Object request, BiFunction<Handle, String, Optional<T>> madeBefore, Supplier<T> work) {
        return before(request, madeBefore).orElseGet(() -> {
            try {
                return work.get();
            } catch (RuntimeException e) {
                // The same was sent twice at once, and the other one has used the uploads up.
                return before(request, madeBefore).orElseThrow(() -> e);
            }
        });
    }

    /**
     * What the same request has made meanwhile, for whoever is about to make it. Until the end of the transaction nobody else makes
     * it.
     */
    public static Optional<String> madeMeanwhile(Handle handle, Object request) {
        String digest = digest(request);
        ArtifactUses.lock(handle, List.of(digest));
        return AnsweredRequests.find(handle, digest);
    }

    /** @param made id of the evaluation, or name of the puzzle set */
    public static void made(Handle handle, Object request, String made) {
        AnsweredRequests.add(handle, digest(request), made);
    }

    private <T> Optional<T> before(Object request, BiFunction<Handle, String, Optional<T>> madeBefore) {
        return jdbi.withHandle(handle ->
                AnsweredRequests.find(handle, digest(request)).flatMap(made -> madeBefore.apply(handle, made)));
    }

    private static String digest(Object request) {
        try {
            return DigestUtils.sha256Hex(JSON.writeValueAsBytes(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a request that was read from JSON", e);
        }
    }
}
