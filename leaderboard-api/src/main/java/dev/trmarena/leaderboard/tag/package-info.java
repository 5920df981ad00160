/** Answers that are asked for again and have not changed are not sent again. */
@NullMarked
package dev.trmarena.leaderboard.tag;

import org.jspecify.annotations.NullMarked;
