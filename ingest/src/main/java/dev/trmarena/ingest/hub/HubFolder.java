package dev.trmarena.ingest.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in a folder of a hub, without the folders in it.
 *
 * @param files in the order of the hub
 * @param rawTasks the ARC subsets that they are; of a file of challenges the one that it belongs to
 */
record HubFolder(List<File> files, List<RawTasks> rawTasks) {
    private static final ObjectMapper JSON = new ObjectMapper();

    HubFolder {
        files = List.copyOf(files);
        rawTasks = List.copyOf(rawTasks);
    }

    /**
     * A file to choose.
     *
     * @param from to be fetched by
     * @param path in the repository, or among the files of a puzzle set
     * @param bytes as the hub says; each file is looked up before it is fetched
     */
    record File(String from, String path, long bytes) {
        File called(String other) {
            return new File(from, other, bytes);
        }
    }

    /**
     * @param asked a folder, or in place of its folder a file of ARC challenges
     * @throws dev.trmarena.http.refuse.Refusal 404 when there is none, 422 when there is more in it than is listed; else as {@link
     *     AskHub#head} does
     */
    static HubFolder list(AskHub hub, HubName asked) throws IOException {
        String only = RawTasks.subsetOf(asked);
        HubName folder = only == null ? asked : asked.folder();
        JsonNode listing = JSON.readTree(hub.tree(folder));
        List<File> files = new ArrayList<>();
        for (JsonNode entry : listing) {
            if (entry.path("type").asText().equals("file")) {
                String path = entry.path("path").asText();
                files.add(new File(
                        folder.of(path).toString(), path, entry.path("size").asLong()));
            }
        }
        List<RawTasks> rawTasks = RawTasks.in(folder, files);
        return new HubFolder(
                files,
                only == null
                        ? rawTasks
                        : rawTasks.stream()
                                .filter(each -> each.subset().equals(only))
                                .toList());
    }
}
