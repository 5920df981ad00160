/** The web page and its routes. */
@NullMarked
package dev.trmarena.leaderboard.page;

import org.jspecify.annotations.NullMarked;
