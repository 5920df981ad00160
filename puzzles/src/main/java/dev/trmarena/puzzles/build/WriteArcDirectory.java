package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.build.ArcPlan.Group;
import dev.trmarena.puzzles.build.RenderPuzzles.AllTransforms;
import dev.trmarena.puzzles.build.RenderPuzzles.Canvases;
import dev.trmarena.puzzles.npy.Npy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes the dataset directory, to the byte as the authors' builder writes it: for each split {@code all__inputs.npy} and
 * {@code all__labels.npy} (u1 E×900), {@code all__puzzle_identifiers.npy}, {@code all__puzzle_indices.npy},
 * {@code all__group_indices.npy} (i4) and {@code dataset.json}.
 */
public final class WriteArcDirectory {
    private static final int PIECE_BYTES = 1 << 20;

    private final ArcPlan plan;
    private final NumpyRandom random;
    private final Path folder;
    private final BuildProgress progress;
    private final int threads = Runtime.getRuntime().availableProcessors();

    /** @param examples written, of the train and the test split */
    public record ExampleCounts(int trainExamples, int testExamples) {}

    /** @param random as planning left it: the places of the train grids are drawn from the same stream */
    public WriteArcDirectory(ArcPlan plan, NumpyRandom random, Path folder, BuildProgress progress) {
        this.plan = plan;
        this.random = random;
        this.folder = folder;
        this.progress = progress;
    }

    /** Bytes that the arrays will take on disk, all but the small ones. */
    public static long bytes(ArcPlan plan) {
        long examples = 0;
        for (boolean test : plan.splits()) {
            examples += plan.groups(test).stream()
                    .mapToLong(group -> examples(group, test))
                    .sum();
        }
        return 2 * examples * Canvas.TOKENS;
    }

    public ExampleCounts write() throws IOException {
        int train = 0;
        int test = 0;
        ExecutorService renderers = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "render");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (boolean testSplit : plan.splits()) {
                int examples = split(testSplit, renderers);
                train = testSplit ? train : examples;
                test = testSplit ? examples : test;
            }
        } finally {
            renderers.shutdownNow();
        }
        WriteArcNames.identifiers(plan, folder.resolve("identifiers.json"));
        WriteArcNames.testPuzzles(plan, folder.resolve("test_puzzles.json"));
        return new ExampleCounts(train, test);
    }

    private static List<Pair> pairs(Group group, boolean testSplit) {
        if (testSplit) {
            return group.source().task().tests();
        }
        return group.test()
                ? group.source().task().demonstrations()
                : group.source().allPairs();
    }

    private static long examples(Group group, boolean testSplit) {
        return (long) group.codes().length * pairs(group, testSplit).size();
    }

    private int split(boolean testSplit, ExecutorService renderers) throws IOException {
        Path split = Files.createDirectories(folder.resolve(testSplit ? "test" : "train"));
        List<Group> groups = plan.groups(testSplit);
        int examples = Math.toIntExact(
                groups.stream().mapToLong(group -> examples(group, testSplit)).sum());
        try (FileChannel inputs = array(split.resolve("all__inputs.npy"), examples);
                FileChannel labels = array(split.resolve("all__labels.npy"), examples)) {
            Deque<Future<Canvases>> pieces = new ArrayDeque<>();
            int done = 0;
            for (Group group : groups) {
                render(group, testSplit, renderers, pieces, inputs, labels);
                done++;
                progress.at(
                        "writing " + split.getFileName(),
                        done / (double) groups.size(),
                        done + " of " + groups.size() + " tasks");
            }
            while (!pieces.isEmpty()) {
                write(pieces.remove(), inputs, labels);
            }
        }
        indices(split, groups, testSplit, examples);
        return examples;
    }

    private static FileChannel array(Path file, int examples) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        writeFully(channel, Npy.header("u1", examples, Canvas.TOKENS));
        return channel;
    }

    private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Draws where the grids stand, puzzle by puzzle in the one stream of random numbers, and renders in pieces. */
    private void render(
            Group group,
            boolean testSplit,
            ExecutorService renderers,
            Deque<Future<Canvases>> pieces,
            FileChannel inputs,
            FileChannel labels)
            throws IOException {
        var transforms = new AllTransforms(pairs(group, testSplit));
        int pairs = transforms.pairs();
        int most = Math.max(1, PIECE_BYTES / (pairs * Canvas.TOKENS));
        for (int from = 0; from < group.codes().length; from += most) {
            long[] codes = Arrays.copyOfRange(group.codes(), from, Math.min(group.codes().length, from + most));
            byte[] tops = new byte[codes.length * pairs];
            byte[] lefts = new byte[codes.length * pairs];
            for (int puzzle = 0; puzzle < codes.length; puzzle++) {
                int transform = Augmentation.transformOf(codes[puzzle]);
                // One pair of each puzzle stays at the top-left; the number is drawn for the test split too.
                int unmoved = random.randint(pairs);
                for (int pair = 0; pair < pairs; pair++) {
                    if (!testSplit && pair != unmoved) {
                        int at = puzzle * pairs + pair;
                        tops[at] = (byte) random.randint(Canvas.SIDE - transforms.rows(transform, pair) + 1);
                        lefts[at] = (byte) random.randint(Canvas.SIDE - transforms.columns(transform, pair) + 1);
                    }
                }
            }
            pieces.add(renderers.submit(new RenderPuzzles(transforms, codes, tops, lefts)));
            if (pieces.size() > 2 * threads) {
                write(pieces.remove(), inputs, labels);
            }
        }
    }

    private static void write(Future<Canvases> piece, FileChannel inputs, FileChannel labels) throws IOException {
        try {
            writeFully(inputs, piece.get().inputs());
            writeFully(labels, piece.get().labels());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("grids could not be rendered", e.getCause());
        }
    }

    private void indices(Path split, List<Group> groups, boolean testSplit, int examples) throws IOException {
        int puzzles = groups.stream().mapToInt(group -> group.codes().length).sum();
        int[] identifiers = new int[puzzles];
        int[] puzzleIndices = new int[puzzles + 1];
        int[] groupIndices = new int[groups.size() + 1];
        int puzzle = 0;
        for (int g = 0; g < groups.size(); g++) {
            int pairs = pairs(groups.get(g), testSplit).size();
            for (int identifier : groups.get(g).identifiers()) {
                identifiers[puzzle] = identifier;
                puzzleIndices[puzzle + 1] = puzzleIndices[puzzle] + pairs;
                puzzle++;
            }
            groupIndices[g + 1] = puzzle;
        }
        Npy.writeInt32(split.resolve("all__puzzle_identifiers.npy"), identifiers, puzzles);
        Npy.writeInt32(split.resolve("all__puzzle_indices.npy"), puzzleIndices, puzzles + 1);
        Npy.writeInt32(split.resolve("all__group_indices.npy"), groupIndices, groupIndices.length);
        DatasetJson.arc(plan.identifierCount(), groups.size(), examples / (double) puzzles, puzzles)
                .write(split.resolve("dataset.json"));
    }
}
