package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.Augmentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Which augmentations each task gets and which row of the puzzle embedding each of them has: everything about an ARC set but
 * its grids.
 */
public final class ArcPlan {
    /**
     * A task with its augmentations.
     *
     * @param source the task
     * @param test whether its test outputs are predicted
     * @param codes of the original and its augmentations, in the order in which they were made; see {@link Augmentation#codeOf}
     * @param identifiers row of each of them in the puzzle embedding
     */
    record Group(SourceTask source, boolean test, long[] codes, int[] identifiers) {}

    private final ArcRecipe recipe;
    private final boolean solutionsHidden;
    private final List<Group> groups;
    private final int identifierCount;

    /** @param groups in the order in which they were made; identifiers are still to be numbered */
    ArcPlan(ArcRecipe recipe, boolean solutionsHidden, List<Group> groups) {
        this.recipe = recipe;
        this.solutionsHidden = solutionsHidden;
        this.groups = List.copyOf(groups);
        this.identifierCount = number();
    }

    /** From 1 on (0 is blank) over splits and groups in order; the same name twice has the same number. */
    private int number() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        groups.forEach(group -> {
            if (!seen.add(group.source().name())) {
                twice.add(group.source().name());
            }
        });
        Map<String, Map<Long, Integer>> numbers = new HashMap<>();
        Set<Group> done = Collections.newSetFromMap(new IdentityHashMap<>());
        int next = 1;
        for (Group group : inOrderOfSplits()) {
            if (!done.add(group)) {
                continue;
            }
            String name = group.source().name();
            Map<Long, Integer> known =
                    twice.contains(name) ? numbers.computeIfAbsent(name, n -> new HashMap<>()) : null;
            for (int i = 0; i < group.codes().length; i++) {
                Integer number = known == null ? null : known.putIfAbsent(group.codes()[i], next);
                group.identifiers()[i] = number == null ? next++ : number;
            }
        }
        return next;
    }

    private List<Group> inOrderOfSplits() {
        var all = new ArrayList<Group>();
        for (boolean test : splits()) {
            all.addAll(groups(test));
        }
        return all;
    }

    /** The splits in the order in which they are numbered and written: true for test. */
    List<Boolean> splits() {
        return recipe.testFirst() ? List.of(true, false) : List.of(false, true);
    }

    /** Every task is in the train split: those to be predicted with their demonstrations only. */
    List<Group> groups(boolean testSplit) {
        return testSplit ? groups.stream().filter(Group::test).toList() : groups;
    }

    public ArcRecipe recipe() {
        return recipe;
    }

    /** Whether test outputs are not known: such a set makes submissions but no scores. */
    public boolean solutionsHidden() {
        return solutionsHidden;
    }

    public int taskCount() {
        return groups.size();
    }

    /** Rows of the puzzle embedding, the blank one included. */
    public int identifierCount() {
        return identifierCount;
    }

    /** Tasks that got fewer augmentations than wanted, with the number they got. */
    public Map<String, Integer> notFull() {
        Map<String, Integer> few = new LinkedHashMap<>();
        for (Group group : groups) {
            int made = group.codes().length - 1;
            if (made < recipe.augmentations()) {
                few.put(group.source().name(), made);
            }
        }
        return few;
    }

    /** Calls with every identifier from 1 on, ascending, and its name. */
    void forEachName(BiConsumer<Integer, String> action) {
        int next = 1;
        for (Group group : inOrderOfSplits()) {
            for (int i = 0; i < group.codes().length; i++) {
                if (group.identifiers()[i] == next) {
                    action.accept(next, Augmentation.name(group.source().name(), group.codes()[i]));
                    next++;
                }
            }
        }
    }
}
