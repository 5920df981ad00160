/** What the time of a solver costs. */
@NullMarked
package dev.trmarena.leaderboard.price;

import org.jspecify.annotations.NullMarked;
