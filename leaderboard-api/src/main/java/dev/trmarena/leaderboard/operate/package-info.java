/** How the platform does: its solvers, and what happened to an evaluation. */
@NullMarked
package dev.trmarena.leaderboard.operate;

import org.jspecify.annotations.NullMarked;
