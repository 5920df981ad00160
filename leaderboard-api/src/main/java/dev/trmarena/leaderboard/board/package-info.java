/** What is read: puzzle sets, leaderboards, evaluations, down to every grid. */
@NullMarked
package dev.trmarena.leaderboard.board;

import org.jspecify.annotations.NullMarked;
