/** What every answer of this service goes through: looked up, tagged, cut into pages; the page, and what ingest answers. */
@NullMarked
package dev.trmarena.leaderboard.serve;

import org.jspecify.annotations.NullMarked;
