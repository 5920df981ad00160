/** How the platform does: its solvers, what happened to an evaluation, what was quarantined, what is metered. */
@NullMarked
package dev.trmarena.leaderboard.operate;

import org.jspecify.annotations.NullMarked;
