/** Outcomes of solvers become rows: once each, however often they come. */
@NullMarked
package dev.trmarena.leaderboard.record;

import org.jspecify.annotations.NullMarked;
