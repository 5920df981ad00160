package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code identifiers.json}: the name of each row of the puzzle embedding. There are more than a million in the largest
 * published set; of each wanted one a few numbers are kept instead of its name.
 */
public final class IdentifierNames {
    private static final String FILE = "identifiers.json";
    private static final String REMEDY = "Upload the files as the authors' dataset builder wrote them.";

    /** Task of each identifier, as a place in {@link #tasks}; −1 where there is none. */
    private final int[] task;

    private final long[] code;
    private final int[] ordinal;
    private final String[] tasks;

    private IdentifierNames(int[] task, long[] code, int[] ordinal, String[] tasks) {
        this.task = task;
        this.code = code;
        this.ordinal = ordinal;
        this.tasks = tasks;
    }

    /** Bytes of memory that they take, about. */
    public long bytes() {
        return (long) (2 * Integer.BYTES + Long.BYTES) * task.length + 100L * tasks.length;
    }

    /**
     * @param wanted identifiers whose names are needed
     * @throws InputProblem when the file is at fault, with its first problems
     */
    public static IdentifierNames read(Path file, BitSet wanted) throws IOException {
        requireRows(wanted.length());
        var reading = new NameTable(wanted.length());
        try (JsonParser parser = ReadJson.parser(file, FILE, ReadLimits.IDENTIFIER_NAMES_BYTES)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InputProblem(FILE, null, "it is not a list of names", REMEDY);
            }
            int index = 0;
            while (parser.nextToken() == JsonToken.VALUE_STRING || parser.currentToken() == JsonToken.VALUE_NULL) {
                if (wanted.get(index) && parser.currentToken() == JsonToken.VALUE_STRING) {
                    reading.name(index, parser.getText());
                }
                index++;
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                reading.findings.add(FILE, "name " + index, "it is " + parser.currentToken() + ", not a text", REMEDY);
            }
            if (wanted.length() > index) {
                reading.findings.add(
                        FILE,
                        null,
                        "it has " + index + " names, the examples refer to number " + (wanted.length() - 1),
                        REMEDY);
            }
        } catch (JsonProcessingException e) {
            throw ReadJson.problem(FILE, e);
        }
        reading.findings.throwIfAny();
        return reading.names();
    }

    /**
     * Asked before anything is allocated for so many.
     *
     * @param count rows of a puzzle embedding that are referred to, whether by names or by examples
     * @throws InputProblem when these are more than are read
     */
    public static void requireRows(long count) {
        if (count > ReadLimits.IDENTIFIERS) {
            throw new InputProblem(
                    FILE,
                    null,
                    "number " + (count - 1) + " is referred to, at most " + ReadLimits.IDENTIFIERS + " names are read",
                    REMEDY);
        }
    }

    private static final class NameTable {
        final Findings findings = new Findings();
        private final int[] task;
        private final long[] code;
        private final int[] ordinal;
        private final Map<String, Integer> places = new HashMap<>();
        private int[] augmentations = new int[64];

        NameTable(int length) {
            this.task = new int[length];
            this.code = new long[length];
            this.ordinal = new int[length];
            Arrays.fill(task, -1);
        }

        void name(int identifier, String name) {
            try {
                code[identifier] = Augmentation.codeOf(name);
            } catch (IllegalArgumentException e) {
                findings.add(FILE, "name " + identifier, String.valueOf(e.getMessage()), REMEDY);
                return;
            }
            int place = places.computeIfAbsent(Augmentation.taskOf(name), first -> places.size());
            if (place == ReadLimits.TASKS) {
                throw new InputProblem(
                        FILE, "name " + identifier, "the names are of more than " + place + " tasks", REMEDY);
            }
            task[identifier] = place;
            if (place == augmentations.length) {
                augmentations = Arrays.copyOf(augmentations, 2 * place);
            }
            ordinal[identifier] = code[identifier] == Augmentation.ORIGINAL ? 0 : ++augmentations[place];
        }

        IdentifierNames names() {
            String[] tasks = new String[places.size()];
            places.forEach((name, place) -> tasks[place] = name);
            return new IdentifierNames(task, code, ordinal, tasks);
        }
    }

    private boolean named(int identifier) {
        return identifier < task.length && task[identifier] >= 0;
    }

    /** The task that an identifier is a variant of; null where it has no name or was not wanted. */
    public @Nullable String task(int identifier) {
        return named(identifier) ? tasks[task[identifier]] : null;
    }

    /** Where its grids come from; null where it has no name or was not wanted. */
    public @Nullable Augmentation augmentation(int identifier) {
        return named(identifier) ? Augmentation.of(tasks[task[identifier]], code[identifier]) : null;
    }

    /** 0 for an original, n for the n-th augmentation of its task among the wanted identifiers, in their order. */
    public int ordinal(int identifier) {
        return identifier < ordinal.length ? ordinal[identifier] : 0;
    }
}
