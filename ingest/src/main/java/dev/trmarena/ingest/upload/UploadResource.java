package dev.trmarena.ingest.upload;

import dev.trmarena.http.admit.Sender;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Files come in here, resumably: the tus protocol 1.0, core with creation, creation-with-upload, expiration and termination.
 *
 * <p>Source: <a href="https://tus.io/protocols/resumable-upload">tus.io/protocols/resumable-upload</a>.
 */
@Tag(name = "Uploads")
@Path("/api/uploads")
class UploadResource {
    private static final String PIECE = "application/offset+octet-stream";
    private static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";

    private final ReceiveUpload receive;
    private final UploadConfig config;

    UploadResource(ReceiveUpload receive, UploadConfig config) {
        this.receive = receive;
        this.config = config;
    }

    @OPTIONS
    @Operation(operationId = "getUploadOptions", summary = "What of the tus protocol is spoken here")
    @APIResponse(responseCode = "204", description = "in headers")
    public RestResponse<Void> options() {
        return ResponseBuilder.<Void>noContent()
                .header(RESUMABLE, VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", "creation,creation-with-upload,expiration,termination")
                .header("Tus-Max-Size", config.maxSize().asLongValue())
                .build();
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "beginUpload",
            summary =
                    "Begins the upload of one file (tus 1.0), with the beginning of its content or all of it, if you like; name it by"
                            + " its upload id in the next request")
    @RequestBody(content = @Content(mediaType = PIECE, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "201",
            description = "begun; Location is where the content goes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = UploadStatus.class)))
    @APIResponse(responseCode = "400", description = "the file is empty, its name is none, or Upload-Length is none")
    @APIResponse(responseCode = "413", description = "the file is larger than this server accepts")
    @APIResponse(responseCode = "429", description = "too many uploads are unfinished, of yours or of all")
    @APIResponse(
            responseCode = "507",
            description = "the disk has no room for it, or uploads have as many bytes as they may; says the numbers")
    @APIResponse(responseCode = "412", description = "another version of the tus protocol is spoken")
    public RestResponse<UploadStatus> begin(
            @HeaderParam(RESUMABLE) @Nullable String version,
            @HeaderParam(LENGTH) @Nullable String length,
            @HeaderParam("Upload-Metadata") @Nullable String metadata,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @Context RoutingContext context,
            InputStream body) {
        requireVersion(version);
        UploadStatus received = receive.begin(
                FileName.fromMetadata(metadata),
                number(LENGTH, length, "the size of the whole file in bytes"),
                Sender.of(context).key());
        if (type != null && type.startsWith(PIECE)) {
            received = first(received.upload(), body);
        }
        return headers(ResponseBuilder.create(RestResponse.Status.CREATED, received), received)
                // Relative to what was asked for: this address, and perhaps this path, is not the one that people use.
                .header(HttpHeaders.LOCATION, "uploads/" + received.upload())
                .build();
    }

    private UploadStatus first(UUID upload, InputStream body) {
        try {
            return receive.append(upload, 0, body);
        } catch (Refusal refused) {
            // Its sender does not know its name, so nobody could go on.
            receive.remove(upload);
            throw refused;
        }
    }

    @HEAD
    @Path("{id}")
    @Operation(
            operationId = "getUploadOffset",
            summary = "Where to go on: Upload-Offset of Upload-Length bytes have come (tus 1.0)")
    @APIResponse(responseCode = "200", description = "in headers")
    @APIResponse(responseCode = "412", description = "another version of the tus protocol is spoken")
    public RestResponse<Void> offset(@HeaderParam(RESUMABLE) @Nullable String version, @PathParam("id") String id) {
        requireVersion(version);
        UploadStatus received = receive.look(id(id));
        return headers(ResponseBuilder.<Void>ok(), received)
                .header(LENGTH, received.bytes())
                .build();
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getUpload", summary = "How much of a file has come, and its digest when all of it has")
    public UploadStatus look(@PathParam("id") String id) {
        return receive.look(id(id));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "appendToUpload",
            summary = "Sends the file from Upload-Offset on, all of it or a piece (tus 1.0)")
    @RequestBody(
            required = true,
            content = @Content(mediaType = PIECE, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "204", description = "stored; Upload-Offset is where to go on")
    @APIResponse(responseCode = "404", description = "there is no such upload")
    @APIResponse(responseCode = "409", description = "the upload goes on at another offset")
    @APIResponse(responseCode = "410", description = "the upload was left alone for too long")
    @APIResponse(responseCode = "413", description = "the body goes on behind the end of the file")
    @APIResponse(responseCode = "423", description = "another request is sending to this upload")
    @APIResponse(responseCode = "412", description = "another version of the tus protocol is spoken")
    @APIResponse(responseCode = "415", description = "the content type is not application/offset+octet-stream")
    public RestResponse<Void> append(
            @HeaderParam(RESUMABLE) @Nullable String version,
            @PathParam("id") String id,
            @HeaderParam(OFFSET) @Nullable String offset,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            InputStream body) {
        requireVersion(version);
        if (type == null || !type.startsWith(PIECE)) {
            throw new Refusal(
                    415,
                    "the content type is " + (type == null ? "missing" : "'" + Quote.of(type) + "'"),
                    "send the bytes of the file with Content-Type: " + PIECE);
        }
        long at = number(OFFSET, offset, "the number of bytes that have come, as HEAD tells it");
        UploadStatus received = receive.append(id(id), at, body);
        return headers(ResponseBuilder.<Void>noContent(), received).build();
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteUpload", summary = "Forgets an upload (tus 1.0)")
    @APIResponse(responseCode = "204", description = "it is gone")
    @APIResponse(responseCode = "412", description = "another version of the tus protocol is spoken")
    public RestResponse<Void> remove(@HeaderParam(RESUMABLE) @Nullable String version, @PathParam("id") String id) {
        requireVersion(version);
        receive.remove(id(id));
        return ResponseBuilder.<Void>noContent().header(RESUMABLE, VERSION).build();
    }

    private static <T> ResponseBuilder<T> headers(ResponseBuilder<T> answer, UploadStatus received) {
        return answer.header(RESUMABLE, VERSION)
                .header(OFFSET, received.offset())
                .header(
                        "Upload-Expires",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                received.expiresAt().atOffset(ZoneOffset.UTC)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw CompleteUpload.unknown(text);
        }
    }

    private static long number(String header, @Nullable String text, String meaning) {
        if (text == null || !text.matches("\\d{1,18}")) {
            throw new Refusal(
                    400,
                    header + " is "
                            + (text == null ? "missing" : "'" + Quote.of(text) + "', which is no number of bytes"),
                    "send " + header + ": " + meaning);
        }
        return Long.parseLong(text);
    }

    /** A client that says nothing is taken for one of this version: it makes curl bearable. */
    private static void requireVersion(@Nullable String version) {
        if (version != null && !version.equals(VERSION)) {
            throw new Refusal(
                    412,
                    "version '" + Quote.of(version) + "' of the tus protocol is not spoken here",
                    "speak " + RESUMABLE + ": " + VERSION);
        }
    }
}
