/** Which connections to the database are whose. */
@NullMarked
package dev.trmarena.leaderboard.connect;

import org.jspecify.annotations.NullMarked;
