package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a zip or tar file holds: checkpoints, known by how they begin, and configurations. They are copied out under names of our own into
 * a folder that close deletes. Streams, twice: to see what there is, and for the one checkpoint that is wanted.
 */
public final class UnpackedArchive implements Closeable {
    private final Path archive;
    private final FileKind kind;
    private final Path folder;
    private final Set<String> checkpoints = new LinkedHashSet<>();
    private final Set<String> called = new LinkedHashSet<>();
    private final Map<String, Path> configs = new LinkedHashMap<>();
    private long yamlBytes;

    private UnpackedArchive(Path archive, FileKind kind, Path folder) {
        this.archive = archive;
        this.kind = kind;
        this.folder = folder;
    }

    /**
     * @param folder is made, and deleted by close
     * @throws BadArchive when it holds no checkpoint, or more than its size allows
     */
    public static UnpackedArchive look(Path archive, FileKind kind, Path folder) throws BadArchive, IOException {
        var unpacked = new UnpackedArchive(archive, kind, Files.createDirectory(folder));
        boolean done = false;
        try {
            unpacked.visit(unpacked.new Look());
            if (unpacked.checkpoints().isEmpty()) {
                throw new BadArchive(
                        null,
                        "it is an archive without a checkpoint: nothing in it begins like one, nor is called step_<n>, checkpoint,"
                                + " or .safetensors, .pt, .pth, .ckpt, .bin",
                        "Pack the file that torch.save(model.state_dict()) wrote, with its " + PackedNames.CONFIG
                                + ".");
            }
            done = true;
            return unpacked;
        } finally {
            if (!done) {
                unpacked.close();
            }
        }
    }

    /** Names of those that begin like one; where none does, of those that are called like one. In their order. */
    public List<String> checkpoints() {
        return List.copyOf(checkpoints.isEmpty() ? called : checkpoints);
    }

    /**
     * Copies of all that are called like YAML, by their names in the archive.
     *
     * @throws BadArchive when there is more of it than anybody would look through
     */
    public Map<String, Path> configs() throws BadArchive {
        if (yamlBytes > ReadLimits.ARCHIVE_YAML_BYTES) {
            throw new BadArchive(
                    null,
                    "its YAML files have more than " + ReadLimits.ARCHIVE_YAML_BYTES
                            + " bytes, as many as are looked through for the" + " configuration",
                    "Name the configuration with --config, or pack it without the others.");
        }
        return Map.copyOf(configs);
    }

    /**
     * Copies a checkpoint out.
     *
     * @param name one of {@link #checkpoints()}
     * @return the copy
     * @throws BadArchive when it is damaged
     */
    public Path take(String name) throws BadArchive, IOException {
        Path copy = folder.resolve("checkpoint");
        visit(new ArchiveEntries.Visitor() {
            @Override
            public boolean wants(String entry) {
                return entry.equals(name);
            }

            @Override
            public void visit(String entry, InputStream content) throws IOException {
                try (OutputStream out = Files.newOutputStream(copy)) {
                    content.transferTo(out);
                }
            }
        });
        return copy;
    }

    private void visit(ArchiveEntries.Visitor visitor) throws BadArchive, IOException {
        try {
            new ArchiveEntries(archive, kind).visit(visitor);
        } catch (ArchiveEntries.TooMuch e) {
            throw new BadArchive(
                    null, String.valueOf(e.getMessage()), "Upload the checkpoint itself, without packing it.");
        } catch (IOException | RuntimeException e) {
            throw new BadArchive(null, "the archive is truncated or damaged: " + e.getMessage(), BoundedZip.AGAIN);
        }
    }

    /** Finds out what there is. */
    private final class Look implements ArchiveEntries.Visitor {
        @Override
        public boolean wants(String name) {
            return true;
        }

        @Override
        public void visit(String name, InputStream content) throws BadArchive, IOException {
            if (PackedNames.isYaml(name)) {
                keep(name, content.readNBytes((int) ReadLimits.CONFIGURATION_BYTES + 1));
                return;
            }
            if (FileKind.isCheckpoint(content.readNBytes(FileKind.HEAD))) {
                checkpoints.add(name);
            }
            if (PackedNames.isCalledCheckpoint(name)) {
                called.add(name);
            }
        }

        private void keep(String name, byte[] yaml) throws BadArchive, IOException {
            if (yaml.length > ReadLimits.CONFIGURATION_BYTES) {
                if (PackedNames.isTrainersConfig(name)) {
                    throw new BadArchive(
                            "entry " + Quote.of(name),
                            "it has more than " + ReadLimits.CONFIGURATION_BYTES
                                    + " bytes, more than any configuration",
                            "Pack the all_config.yaml that the trainer wrote.");
                }
                return;
            }
            yamlBytes += yaml.length;
            if (yamlBytes > ReadLimits.ARCHIVE_YAML_BYTES) {
                return;
            }
            Path copy = folder.resolve("config-" + configs.size() + ".yaml");
            Files.write(copy, yaml);
            configs.put(name, copy);
        }
    }

    @Override
    public void close() throws IOException {
        var copies = new ArrayList<>(configs.values());
        copies.add(folder.resolve("checkpoint"));
        copies.add(folder);
        for (Path copy : copies) {
            Files.deleteIfExists(copy);
        }
    }
}
