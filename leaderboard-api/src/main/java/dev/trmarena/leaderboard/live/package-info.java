/** Evaluations that change, as they change. */
@NullMarked
package dev.trmarena.leaderboard.live;

import org.jspecify.annotations.NullMarked;
