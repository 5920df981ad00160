/** Whether one evaluation is better than another, or merely luckier. */
@NullMarked
package dev.trmarena.leaderboard.compare;

import org.jspecify.annotations.NullMarked;
