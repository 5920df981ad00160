package dev.trmarena.leaderboard.browse;

import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.set.ArcSet;
import dev.trmarena.puzzles.set.LabelledSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.TaskLook;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a set a request is about, by what they are.
 *
 * @param among their numbers, in order; null for all of the set
 */
record AskedSetTasks(@Nullable List<Integer> among) {
    /** By the longest side of a grid, in cells. */
    enum Size {
        SMALL(1, 10),
        MEDIUM(11, 20),
        LARGE(21, 30);

        private final int least;
        private final int most;

        Size(int least, int most) {
            this.least = least;
            this.most = most;
        }

        boolean has(TaskLook look) {
            return look.side() >= least && look.side() <= most;
        }
    }

    /** How many of the models solved them. */
    enum SolvedBy {
        NOBODY,
        ONE,
        ALL
    }

    /** What they are ordered by, equal ones by their numbers; turned round as a whole with a minus sign before it. */
    enum Order {
        NUMBER,
        SOLVED
    }

    /**
     * @param find part of a name, of any case; where tasks have no names the number of one, from 1
     * @param colours digits of ARC, with commas between them: all of them occur
     * @throws Refusal 400 where tasks have no sizes and colours to tell them by
     */
    static AskedSetTasks of(PuzzleSet set, @Nullable String find, @Nullable Size size, @Nullable String colours) {
        if (find == null && size == null && colours == null) {
            return new AskedSetTasks(null);
        }
        return set.match(arc -> named(arc, find, size, colours), numbered -> numbered(numbered, find, size, colours));
    }

    /** Of a set of kind ARC, which has its tasks in memory: thousands at most. */
    private static AskedSetTasks named(
            ArcSet set, @Nullable String find, @Nullable Size size, @Nullable String colours) {
        String part = find == null ? "" : find.strip().toLowerCase(Locale.ROOT);
        int wanted = colours == null
                ? 0
                : Arrays.stream(colours.split(",", -1))
                        .mapToInt(colour -> 1 << Integer.parseInt(colour))
                        .reduce(0, (all, one) -> all | one);
        return new AskedSetTasks(IntStream.range(0, set.taskCount())
                .filter(task -> set.taskName(task).toLowerCase(Locale.ROOT).contains(part))
                .filter(task -> size == null || size.has(set.look(task)))
                .filter(task -> set.look(task).hasAll(wanted))
                .boxed()
                .toList());
    }

    private static AskedSetTasks numbered(
            LabelledSet set, @Nullable String find, @Nullable Size size, @Nullable String colours) {
        if (size != null || colours != null) {
            throw new Refusal(
                    400,
                    "puzzles of kind " + set.manifest().kind().key() + " have no sizes and colours to tell them by",
                    "leave `size` and `colours` out");
        }
        String number = find == null ? "" : find.strip();
        return new AskedSetTasks(set.taskOfId(number.startsWith("#") ? number.substring(1) : number).stream()
                .boxed()
                .toList());
    }

    /** @throws Refusal 400 naming the words there are */
    static <E extends Enum<E>> @Nullable E word(String parameter, @Nullable String text, Class<E> words) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> key(word).equals(text))
                .findAny()
                .orElseThrow(() -> new Refusal(
                        400,
                        parameter + " is '" + Quote.of(text) + "'",
                        "it is one of "
                                + Arrays.stream(words.getEnumConstants())
                                        .map(AskedSetTasks::key)
                                        .collect(Collectors.joining(", "))));
    }

    private static String key(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
