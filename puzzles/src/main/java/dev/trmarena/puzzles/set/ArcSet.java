package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.arc.TaskHash;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of several test outputs, each shown by many examples: the task as it is and its augmentations, on a canvas of 900
 * tokens. A prediction is cropped and turned back before it counts.
 */
public final class ArcSet extends PuzzleSet {
    private final List<ArcTask> tasks;
    private final Map<String, Integer> taskOfName = new HashMap<>();
    private final IdentifierNames names;
    private final TaskLooks looks;

    private ArcSet(PuzzleSetManifest manifest, Examples examples, List<ArcTask> tasks, IdentifierNames names) {
        super(manifest, examples);
        this.tasks = List.copyOf(tasks);
        this.names = names;
        this.looks = new TaskLooks(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            taskOfName.put(tasks.get(i).name(), i);
        }
    }

    static ArcSet read(PuzzleSetManifest manifest, Function<String, Path> files) throws IOException {
        return read(manifest, files, true);
    }

    /** @param labelled whether there are labels among the files */
    static ArcSet read(PuzzleSetManifest manifest, Function<String, Path> files, boolean labelled) throws IOException {
        List<ArcTask> tasks = ArcFiles.tasks(files.apply(PuzzleSetManifest.TEST_PUZZLES));
        boolean compact = manifest.recipe() != null;
        NpyArray identifiers =
                Npy.open(files.apply(compact ? PuzzleSetManifest.PUZZLES : PuzzleSetManifest.PUZZLE_IDENTIFIERS));
        var names = IdentifierNames.read(files.apply(PuzzleSetManifest.IDENTIFIERS), used(identifiers));
        Examples examples = compact
                ? new GeneratedExamples(
                        identifiers,
                        names,
                        tasks.stream().collect(Collectors.toMap(ArcTask::name, Function.identity())))
                : new StoredExamples(manifest.seqLen(), files, labelled);
        if (examples.count() != manifest.exampleCount()) {
            throw new IllegalArgumentException(
                    "there are " + examples.count() + " examples, the manifest says " + manifest.exampleCount());
        }
        return new ArcSet(manifest, examples, tasks, names);
    }

    /** Other examples of the same tasks, without labels. @param arrays identifiers and inputs, as {@link StoredExamples} reads them */
    ArcSet with(Map<String, Path> arrays) throws IOException {
        Examples other = new StoredExamples(manifest().seqLen(), arrays::get, false);
        return new ArcSet(manifest().withExamples(other.count()), other, tasks, names);
    }

    /** Whether an example of the set has this row of the puzzle embedding, and a name. */
    boolean isNamed(int identifier) {
        return names.task(identifier) != null;
    }

    private static BitSet used(NpyArray identifiers) {
        var used = new BitSet();
        int count = (int) identifiers.count();
        for (int i = 0; i < count; i++) {
            long identifier = identifiers.longAt(i);
            if (identifier < 0 || identifier > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("identifier " + i + " is " + identifier);
            }
            IdentifierNames.requireRows(identifier + 1);
            used.set((int) identifier);
        }
        return used;
    }

    @Override
    public long bytes() {
        return super.bytes()
                + names.bytes()
                + looks.bytes()
                + tasks.stream().mapToLong(ArcTask::bytes).sum();
    }

    @Override
    public <T> T match(Function<? super ArcSet, ? extends T> arc, Function<? super LabelledSet, ? extends T> labelled) {
        return arc.apply(this);
    }

    /** Where the grid of an example comes from; null for the blank identifier and other unnamed ones. */
    private @Nullable Augmentation augmentation(int example) {
        return augmentationOf(puzzleIdentifier(example));
    }

    /** What was done to the grids of a task under this identifier; null where it has no name. */
    @Nullable
    Augmentation augmentationOf(int identifier) {
        return names.augmentation(identifier);
    }

    @Override
    public int augmentationOrdinal(int example) {
        return names.ordinal(puzzleIdentifier(example));
    }

    @Override
    public @Nullable Integer taskOf(int example) {
        String name = names.task(puzzleIdentifier(example));
        return name == null ? null : taskOfName.get(name);
    }

    /** In the order of scoring. */
    public List<ArcTask> tasks() {
        return tasks;
    }

    @Override
    public String taskName(int task) {
        return tasks.get(task).name();
    }

    @Override
    public String taskId(int task) {
        return taskName(task);
    }

    @Override
    public OptionalInt taskOfId(String id) {
        Integer task = taskOfName.get(id);
        return task == null ? OptionalInt.empty() : OptionalInt.of(task);
    }

    /** What its grids look like before anybody has solved it. */
    public TaskLook look(int task) {
        return looks.of(task);
    }

    @Override
    public String contentHash(int task) {
        return TaskHash.of(tasks.get(task));
    }

    @Override
    public int outputCount(int task) {
        return tasks.get(task).tests().size();
    }

    @Override
    public Grid taskInput(int task, int output) {
        return tasks.get(task).tests().get(output).input();
    }

    @Override
    public Grid solution(int task, int output) {
        return tasks.get(task).tests().get(output).output();
    }

    /** A solution is a grid of colours, all of which count; labels are tokens, some of which do not. */
    @Override
    public @Nullable Integer ignoredCell() {
        return null;
    }

    @Override
    public List<ArcTask.Pair> demonstrations(int task) {
        return tasks.get(task).demonstrations();
    }

    @Override
    public Grid prediction(int example, byte[] tokens) {
        return withoutAugmentation(example, tokens);
    }

    @Override
    public Optional<int[]> labelBeforeVoting(int example) {
        return isLabelled() && !manifest().solutionsHidden() ? Optional.of(label(example)) : Optional.empty();
    }

    @Override
    public Grid comparable(int example, byte[] tokens) {
        return withoutAugmentation(example, tokens);
    }

    /** The input of an example, turned back, which tells its test output. */
    public Grid originalInput(int example) {
        return withoutAugmentation(example, inputTokens(example));
    }

    @Override
    public List<Integer> shownAsItIs(int task, int output) {
        Grid input = taskInput(task, output);
        return IntStream.range(0, exampleCount())
                .filter(example -> Integer.valueOf(task).equals(taskOf(example))
                        && augmentationOrdinal(example) == 0
                        && originalInput(example).equals(input))
                .boxed()
                .toList();
    }

    @Override
    public Optional<AugmentedExample> augmented(int example) {
        Integer task = taskOf(example);
        Grid input = originalInput(example);
        List<Integer> outputs = task == null
                ? List.of()
                : IntStream.range(0, outputCount(task))
                        .filter(output -> taskInput(task, output).equals(input))
                        .boxed()
                        .toList();
        return Optional.of(new AugmentedExample(outputs, augmentationOrdinal(example), augmentation(example)));
    }

    @Override
    public Optional<Submission> submission(boolean asAuthors) {
        return Optional.of(new Submission(asAuthors));
    }

    /** What is kept of a prediction is a grid of any size. */
    @Override
    public OptionalInt tokensOfPrediction() {
        return OptionalInt.empty();
    }

    private Grid withoutAugmentation(int example, byte[] tokens) {
        Grid cropped = Canvas.crop(tokens);
        Augmentation augmentation = augmentation(example);
        return augmentation == null ? cropped : augmentation.undo(cropped);
    }
}
