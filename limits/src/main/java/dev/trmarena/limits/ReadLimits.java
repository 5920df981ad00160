package dev.trmarena.limits;

/**
 * How much of a file from outside is read: bytes, fields, depth and counts of every reader, with the reason for each. All are a
 * multiple of what honest files need, and hold whatever the size of a file that is allowed, so that a heap of 256 MB suffices.
 * A reader compares a size with its limit before it allocates anything, and names the limit in its refusal.
 */
public final class ReadLimits {
    // ---- puzzle sets

    /** Of a CSV: the published train split of Sudokus, the largest, has 720 MB. It is streamed. */
    public static final long CSV_BYTES = 2L << 30;

    /** Characters of a line of a CSV: question and answer of the largest maze, 255×255, have 130,050. */
    public static final int CSV_LINE = 1 << 18;

    /** Steps that the search for second solutions may take in a whole CSV: some seconds. */
    public static final long SOLUTION_STEPS = 3_000_000;

    /** The same in one puzzle: the hardest published ones with one solution take some ten thousand. */
    public static final int SOLUTION_STEPS_OF_ONE = 50_000;

    /** Examples of a set: the largest published one has 422,786 of Sudoku, 419,000 of ARC. Each costs some bytes of heap. */
    public static final int EXAMPLES = 5_000_000;

    /** Rows of a puzzle embedding that a set refers to: the largest published one has 1,191,730; each costs 16 bytes of heap. */
    public static final int IDENTIFIERS = 2_000_000;

    /** Tokens of an example, the cells of the largest square that a grid can be: 255×255. */
    public static final int TOKENS = 255 * 255;

    /** Of {@code dataset.json} and of the manifest of a compact set: they have some hundred bytes, and are read whole. */
    public static final long DESCRIPTION_BYTES = 1 << 20;

    /** Of {@code identifiers.json}: the largest published one has 75 MB. It is streamed. */
    public static final long IDENTIFIER_NAMES_BYTES = 512L << 20;

    /** Of {@code test_puzzles.json}: that of a thousand ARC tasks has 4 MB; its grids stay in the heap, a byte a cell. */
    public static final long TASKS_BYTES = 64L << 20;

    /** Of a file of raw tasks, which is read a task at a time. */
    public static final long RAW_TASKS_BYTES = 512L << 20;

    /** Tasks of an ARC set: the published ones have some 1,200. */
    public static final int TASKS = 20_000;

    /**
     * Answers that are held while votes are counted: those to one ARC task, and to others whose examples lie between its own. Those to a
     * published task are some 4,000 at most; each costs 1.2 kB of heap.
     */
    public static final int ANSWERS_AT_ONCE = 50_000;

    /** The same times the steps after which they are scored, 12 bytes of heap each: published ones of a thousand steps have 4 million. */
    public static final int STEP_ANSWERS_AT_ONCE = 8_000_000;

    /** Demonstrations and test outputs of all tasks of a set together: those of the published ones have some 5,000; a pair costs 150 bytes of heap. */
    public static final int PAIRS = 200_000;

    /** Of a file of answers, and of one task of a folder of results: two answers to each output of a thousand tasks have 6 MB, transcripts more. */
    public static final long ANSWERS_BYTES = 64L << 20;

    /** Of a file of predictions, a line each example, which is streamed: those of the largest published set have 800 MB. */
    public static final long PREDICTION_LINES_BYTES = 4L << 30;

    /** Cells of all answers to a set of puzzles, which are held until all are read: those of the largest published one are 34 million. */
    public static final int ANSWER_CELLS = 1 << 26;

    /** JSON values and brackets of one task, which is read as a tree: ten pairs of the largest grids have 20,000. */
    public static final int TASK_VALUES = 500_000;

    /** Lists within lists: a cell of a grid of a task lies in six. */
    public static final int JSON_DEPTH = 20;

    /** Characters of a name or a text in a JSON file: the longest name of an augmentation has 40. */
    public static final int JSON_TEXT = 1000;

    /** Of the header of a {@code .npy} file: those that NumPy writes have 128. */
    public static final int NPY_HEADER_BYTES = 1 << 16;

    // ---- checkpoints

    /** Of the directory of a zip, which is read into memory: a hundred bytes an entry. */
    public static final int ZIP_DIRECTORY_BYTES = 1 << 20;

    /** Entries of an archive: a checkpoint, its configuration, and what lay beside them. */
    public static final int ARCHIVE_ENTRIES = 1000;

    /** Of all YAML files of an archive together, each of which is read to see whether it is the configuration; that of the trainer has 2 kB. */
    public static final long ARCHIVE_YAML_BYTES = 1 << 17;

    /** Characters of the name of an entry. */
    public static final int ENTRY_NAME = 1000;

    /** Of the headers of an entry of a tar, long names and attributes, which its reader keeps in memory. */
    public static final long TAR_HEADER_BYTES = 1 << 16;

    /** Times its size that an archive may unpack to, beyond {@link #UNPACKED_FREE}: trained weights hardly shrink; zeros do, a thousandfold. */
    public static final long UNPACKED_RATIO = 50;

    /** Bytes that any archive may unpack to. */
    public static final long UNPACKED_FREE = 16L << 20;

    /** Of the pickle of a checkpoint, which is read into memory: the largest published one has 30 kB. */
    public static final int PICKLE_BYTES = 8 << 20;

    /** Opcodes of it: the largest published state dict takes 2,000; one with optimizer state some times that. */
    public static final int PICKLE_OPCODES = 300_000;

    /** Characters of a module's or a class's name in a pickle. */
    public static final int PICKLE_NAME = 1000;

    /** Networks in one file, raw and averaged: more than any trainer saves, and than anybody chooses among. */
    public static final int NETWORKS = 64;

    /** Of the header of safetensors: that of the largest network here has some 20 kB; the format allows 100 MB. */
    public static final long SAFETENSORS_HEADER_BYTES = 4L << 20;

    /** JSON values and brackets of such a header, which is read as a tree: a tensor has twelve. */
    public static final int SAFETENSORS_HEADER_VALUES = 100_000;

    /** Sizes of the shape of a tensor. */
    public static final int TENSOR_SIZES = 8;

    /** Times its file that all tensors together may have: tied weights share a storage, a thousand tensors of one do not. */
    public static final int TENSOR_GROWTH = 4;

    /** Storages up to this size are mapped when the values of a tensor lie scattered in them. */
    public static final long SCATTERED_BYTES = 512L << 20;

    /** From larger ones only runs of so many bytes are read: a read a value would take hours. */
    public static final long SCATTERED_RUN_BYTES = 4096;

    /** Rank of an adapter that is merged: usual are 4 to 64. Each value of its weight takes as many products. */
    public static final int ADAPTER_RANK = 256;

    /** Values of a weight that an adapter is merged into, and of each half of the adapter, which is read into memory: the largest of the networks here has 1,572,864. */
    public static final long ADAPTER_VALUES = 4L << 20;

    /** Of a configuration: that of the trainer has 2 kB. */
    public static final long CONFIGURATION_BYTES = 1 << 16;

    /** Lists and maps within each other in a configuration: the trainer's has four. */
    public static final int CONFIGURATION_DEPTH = 20;

    /** Lists and maps of a configuration that are referred to by name. */
    public static final int CONFIGURATION_ALIASES = 10;

    /** Characters of a value of a configuration that is put together of others. */
    public static final int CONFIGURATION_TEXT = 1000;

    /** Values of a configuration that stand for others, each as often as it is looked up: the authors' have one. */
    public static final int CONFIGURATION_REFERENCES = 1000;

    /** Keys of a configuration that are told of because nothing reads them: forks have some ten. */
    public static final int CONFIGURATION_NOTES = 50;

    // ---- networks: the settings that no tensor fixes

    /** Cycles of a step and steps of an evaluation: published are 4 and 16. */
    public static final int REPEATS = 1000;

    /** Positions in front of the tokens, which hold the puzzle embedding: published are 16. */
    public static final int POSITIONS_IN_FRONT = 1024;

    /** Attention heads: published are 8. */
    public static final int HEADS = 1024;

    private ReadLimits() {}
}
