/** Whether one evaluation is better than another, or merely luckier, and what tasks that two sets share do to a score. */
@NullMarked
package dev.trmarena.leaderboard.compare;

import org.jspecify.annotations.NullMarked;
