/** What a finished evaluation leaves for other programs, sent piece by piece: whoever reads slowly holds nothing. */
@NullMarked
package dev.trmarena.leaderboard.download;

import org.jspecify.annotations.NullMarked;
