package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends one file by the tus protocol: in pieces, and from the byte that the platform has when a piece does not get through.
 *
 * <p>Source: <a href="https://tus.io/protocols/resumable-upload">tus.io/protocols/resumable-upload</a>.
 */
final class UploadFile {
    /** What a lost connection costs at most. */
    private static final long PIECE = 64L << 20;
    /** In a row, without a byte getting through: with the pauses between them more than a service needs to come back. */
    private static final int TRIES = 10;

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 8000;
    /** Checking the digest of gigabytes takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** A proxy may write the path before it in another way; that a file goes to where it was announced is known without. */
    private static final Pattern LOCATION = Pattern.compile("(?:.*/)?uploads/([\\w-]+)");

    private final ArenaClient client;
    private final Path file;
    private final String name;
    private final LongConsumer sent;
    private final long size;

    /** @param sent gets the number of bytes sent so far */
    UploadFile(ArenaClient client, Path file, String name, LongConsumer sent) throws IOException {
        this.client = client;
        this.file = file;
        this.name = name;
        this.sent = sent;
        this.size = Files.size(file);
    }

    /** @return the id of the upload */
    String send() throws InterruptedException {
        String location = begin();
        long offset = 0;
        int failures = 0;
        while (offset < size) {
            long before = offset;
            try {
                offset = sendPiece(location, offset);
            } catch (IOException broken) {
                failures++;
                if (failures == TRIES) {
                    throw client.unreachable("PATCH " + location, broken);
                }
                Thread.sleep(Math.min(FIRST_PAUSE_MILLIS << (failures - 1), LONGEST_PAUSE_MILLIS));
                offset = askAgain(location, before);
            }
            if (offset > before) {
                failures = 0;
            }
            sent.accept(offset);
        }
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String begin() throws InterruptedException {
        String filename = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = request("/api/uploads")
                .header("Upload-Length", String.valueOf(size))
                .header("Upload-Metadata", "filename " + filename)
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.exchange(request);
            if (answer.statusCode() != 201) {
                throw ServerProblem.of("POST /api/uploads", answer.statusCode(), answer.body());
            }
            return answer.headers()
                    .firstValue("Location")
                    .map(LOCATION::matcher)
                    .filter(Matcher::matches)
                    .map(location -> "/api/uploads/" + location.group(1))
                    .orElseThrow(() -> new ArenaProblem(
                            client.url() + " did not say where the file goes", "is it a trm-arena of this version?"));
        } catch (IOException e) {
            throw client.unreachable("POST /api/uploads", e);
        }
    }

    /** @return where to go on */
    private long sendPiece(String location, long offset) throws IOException, InterruptedException {
        long bytes = Math.min(PIECE, size - offset);
        var body =
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(new PieceOfFile(file, offset, bytes)), bytes);
        HttpRequest request = request(location)
                .header("Upload-Offset", String.valueOf(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", new CountedBody(body, count -> sent.accept(offset + count)))
                .build();
        return offset("PATCH", location, client.exchange(request));
    }

    private long askAgain(String location, long before) throws InterruptedException {
        HttpRequest request =
                request(location).method("HEAD", BodyPublishers.noBody()).build();
        try {
            return offset("HEAD", location, client.exchange(request));
        } catch (IOException e) {
            // Not there yet: sending finds out, and counts it.
            return before;
        }
    }

    /** @throws IOException when it is worth another try */
    private static long offset(String method, String location, HttpResponse<String> answer) throws IOException {
        int status = answer.statusCode();
        if (status >= 500 || status == 408 || status == 409 || status == 423) {
            throw new IOException(ServerProblem.of(method + " " + location, status, answer.body())
                    .getMessage());
        }
        if (status / 100 != 2) {
            throw ServerProblem.of(method + " " + location, status, answer.body());
        }
        return answer.headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow(() -> new IOException("the answer has no Upload-Offset"));
    }

    private HttpRequest.Builder request(String path) {
        return client.request(path).timeout(PATIENCE).header("Tus-Resumable", "1.0.0");
    }
}
