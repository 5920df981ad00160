package dev.trmarena.puzzles.score;

/** An example of which it is known what was answered after each step. */
public record FollowedExample(int example, StepHistory stepHistory) {}
