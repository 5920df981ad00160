/** What is sent in passes through to ingest, so that there is one address. */
@NullMarked
package dev.trmarena.leaderboard.forward;

import org.jspecify.annotations.NullMarked;
