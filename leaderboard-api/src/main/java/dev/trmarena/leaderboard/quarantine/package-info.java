/** Messages that could not be recorded, for people to look at. */
@NullMarked
package dev.trmarena.leaderboard.quarantine;

import org.jspecify.annotations.NullMarked;
