package dev.trmarena.ingest.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.http.refuse.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in a folder of a hub, without the folders in it.
 *
 * @param files in the order of the hub
 */
record HubFolder(List<File> files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    HubFolder {
        files = List.copyOf(files);
    }

    /**
     * A file to choose.
     *
     * @param from to be fetched by
     * @param path in the repository
     * @param bytes as the hub says; each file is looked up before it is fetched
     */
    record File(String from, String path, long bytes) {}

    /** @throws Refusal 404 when there is none, 422 when there is more in it than is listed; else as {@link AskHub#head} does */
    static HubFolder list(AskHub hub, HubName folder) throws IOException {
        JsonNode listing = JSON.readTree(hub.tree(folder));
        List<File> files = new ArrayList<>();
        for (JsonNode entry : listing) {
            if (entry.path("type").asText().equals("file")) {
                String path = entry.path("path").asText();
                files.add(new File(
                        folder.of(path).toString(), path, entry.path("size").asLong()));
            }
        }
        return new HubFolder(files);
    }
}
