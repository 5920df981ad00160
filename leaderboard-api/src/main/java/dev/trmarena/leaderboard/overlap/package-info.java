/** Tasks that stand in more than one puzzle set: whoever trained on one of them has seen the other. */
@NullMarked
package dev.trmarena.leaderboard.overlap;

import org.jspecify.annotations.NullMarked;
