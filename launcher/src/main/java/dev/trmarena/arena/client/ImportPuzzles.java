package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.FileOfSet;
import dev.trmarena.arena.client.ArenaApi.ImportedPuzzleSet;
import dev.trmarena.arena.client.ArenaApi.PuzzleSetRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Uploads the files of a puzzle set and makes a puzzle set of them. */
public final class ImportPuzzles {
    private final ArenaClient client;
    private final UploadProgress progress;

    public ImportPuzzles(ArenaClient client, UploadProgress progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * @param path a CSV file, a dataset directory as the authors' scripts build it, of which only the test split is used, or
     *     a compact set
     * @param kind what kind it is; recognised when null
     */
    public Answer<ImportedPuzzleSet> named(String name, Path path, @Nullable String kind)
            throws IOException, InterruptedException {
        return named(name, path, kind, null);
    }

    /** Likewise. @param replaces a set in whose place it is; null for none */
    public Answer<ImportedPuzzleSet> named(String name, Path path, @Nullable String kind, @Nullable String replaces)
            throws IOException, InterruptedException {
        var files = new ArrayList<FileOfSet>();
        for (var file : filesOf(path).entrySet()) {
            files.add(new FileOfSet(file.getKey(), progress.upload(client, file.getValue(), file.getKey())));
        }
        return make(new PuzzleSetRequest(name, kind, replaces, null, files));
    }

    /** Likewise of raw ARC tasks of a hub, of which the platform builds a set. */
    public Answer<ImportedPuzzleSet> fromHub(
            String name,
            RawTasksOfHub raw,
            ArenaApi.Recipe recipe,
            @Nullable String replaces,
            FetchFromHub.Progress fetching)
            throws InterruptedException {
        List<String> uploads = new FetchFromHub(client, fetching)
                .fetchAll(raw.files().stream().map(Fetch.InFolder::from).toList());
        List<FileOfSet> files = new ArrayList<>();
        for (Fetch.InFolder file : raw.files()) {
            files.add(new FileOfSet(file.path(), uploads.get(files.size())));
        }
        return make(new PuzzleSetRequest(name, null, replaces, recipe, files));
    }

    /**
     * Likewise of a CSV of a hub, which the platform fetches.
     *
     * @param from {@code hf://datasets/OWNER/REPO/PATH@REVISION}
     */
    public Answer<ImportedPuzzleSet> fromHub(
            String name, String from, @Nullable String kind, @Nullable String replaces, FetchFromHub.Progress fetching)
            throws InterruptedException {
        String upload = new FetchFromHub(client, fetching).fetch(from, null).get(0);
        String file = from.replaceFirst("@[^@]*$", "").replaceFirst("^.*/", "");
        return make(new PuzzleSetRequest(name, kind, replaces, null, List.of(new FileOfSet(file, upload))));
    }

    private Answer<ImportedPuzzleSet> make(PuzzleSetRequest request) throws InterruptedException {
        try {
            return client.api().importPuzzleSet(request);
        } catch (ServerProblem e) {
            client.forget(request.files().stream().map(FileOfSet::upload).toList(), e);
            throw e;
        }
    }

    private static Map<String, Path> filesOf(Path path) throws IOException {
        var files = new LinkedHashMap<String, Path>();
        if (Files.isRegularFile(path)) {
            files.put(path.getFileName().toString(), path);
            return files;
        }
        if (!Files.isDirectory(path)) {
            throw new ArenaProblem("there is no such file or directory", path.toString(), null, null, "check the path");
        }
        if (Files.isRegularFile(path.resolve("manifest.json"))) {
            return compactSet(path);
        }
        Path test = path.resolve("test");
        if (!Files.isRegularFile(test.resolve("dataset.json"))) {
            throw new ArenaProblem(
                    "this directory is not a built dataset",
                    path.toString(),
                    "test/dataset.json",
                    "it is missing",
                    "name the output directory of the authors' dataset script, or a CSV file");
        }
        files.put("test/dataset.json", test.resolve("dataset.json"));
        try (Stream<Path> arrays = Files.list(test)) {
            arrays.filter(file -> file.toString().endsWith(".npy"))
                    .sorted()
                    .forEach(file -> files.put("test/" + file.getFileName(), file));
        }
        for (String name : new String[] {"identifiers.json", "test_puzzles.json"}) {
            if (Files.isRegularFile(path.resolve(name))) {
                files.put(name, path.resolve(name));
            }
        }
        return files;
    }

    /** What {@code arena puzzles build --compact} writes. */
    private static Map<String, Path> compactSet(Path path) {
        var files = new LinkedHashMap<String, Path>();
        for (String name : new String[] {"manifest.json", "test_puzzles.json", "identifiers.json", "puzzles.npy"}) {
            files.put(name, path.resolve(name));
        }
        return files;
    }
}
