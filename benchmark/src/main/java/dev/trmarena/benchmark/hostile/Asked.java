package dev.trmarena.benchmark.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.benchmark.platform.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a platform, and takes a refusal for an answer. */
final class Asked {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 160;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    Asked(RunningPlatform platform) {
        this.url = platform.url();
    }

    record Answer(int status, String body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        /** The status, and of a refusal what was wrong. */
        String told() throws IOException {
            if (status < 400) {
                return String.valueOf(status);
            }
            String problem = json().path("title").asText();
            return status + ": " + (problem.length() > SHOWN ? problem.substring(0, SHOWN) + "…" : problem);
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return ask("GET", path);
    }

    Answer ask(String method, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve(path)).method(method, BodyPublishers.noBody()));
    }

    Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    /** @return the id of the upload */
    String upload(Path file) throws IOException, InterruptedException {
        String name =
                Base64.getEncoder().encodeToString(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        Answer answer = send(HttpRequest.newBuilder(url.resolve("/api/uploads"))
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Length", String.valueOf(Files.size(file)))
                .header("Upload-Metadata", "filename " + name)
                .POST(BodyPublishers.ofFile(file)));
        if (answer.status() != 201) {
            throw new IOException("an upload was answered " + answer);
        }
        return answer.json().path("upload").asText();
    }

    /** @param bytes that it will have, none of which is sent */
    String begun(long bytes) throws IOException, InterruptedException {
        Answer answer = send(HttpRequest.newBuilder(url.resolve("/api/uploads"))
                .header("Upload-Length", String.valueOf(bytes))
                .header("Upload-Metadata", "filename c3RlcF85")
                .POST(BodyPublishers.noBody()));
        return answer.status() == 201 ? answer.json().path("upload").asText() : answer.told();
    }

    /** Uploads them all. @param files of a set, by their names in it; in a folder of their own where they have one */
    Answer importSet(String name, Path folder, List<String> files) throws IOException, InterruptedException {
        Map<String, String> uploads = new LinkedHashMap<>();
        for (String file : files) {
            uploads.put(file, upload(folder.resolve(file)));
        }
        var named = uploads.entrySet().stream()
                .map(file -> Map.of("path", file.getKey(), "upload", file.getValue()))
                .toList();
        return post("/api/puzzle-sets", new TreeMap<>(Map.of("name", name, "files", named)));
    }

    Answer inspect(String upload) throws IOException, InterruptedException {
        return post("/api/inspections", Map.of("checkpoint", upload));
    }
}
