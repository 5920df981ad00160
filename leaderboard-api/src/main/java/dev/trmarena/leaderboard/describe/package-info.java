/** The one document of the API: what this service answers and what ingest does, in words that both mean the same by. */
@NullMarked
package dev.trmarena.leaderboard.describe;

import org.jspecify.annotations.NullMarked;
