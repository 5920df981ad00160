package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Findings;
import java.util.ArrayList;
import java.util.List;

/** What is odd about files that are read all the same: the first few in words, of the others the number. */
final class Warnings {
    private final List<String> first = new ArrayList<>();
    private int found;

    void add(String warning) {
        found++;
        if (first.size() < Findings.TOLD) {
            first.add(warning);
        }
    }

    List<String> first() {
        return List.copyOf(first);
    }

    int count() {
        return found;
    }
}
