/** When every unit of an evaluation is solved: its scores. */
@NullMarked
package dev.trmarena.leaderboard.finish;

import org.jspecify.annotations.NullMarked;
