/** The tasks of a puzzle set, before anybody has evaluated anything and after: looked through, and answered by every model. */
@NullMarked
package dev.trmarena.leaderboard.browse;

import org.jspecify.annotations.NullMarked;
