/** What a board ranks by. */
@NullMarked
package dev.trmarena.leaderboard.rank;

import org.jspecify.annotations.NullMarked;
