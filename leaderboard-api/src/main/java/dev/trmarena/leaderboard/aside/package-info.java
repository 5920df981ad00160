/** Messages that could not be recorded, for people to look at. */
@NullMarked
package dev.trmarena.leaderboard.aside;

import org.jspecify.annotations.NullMarked;
