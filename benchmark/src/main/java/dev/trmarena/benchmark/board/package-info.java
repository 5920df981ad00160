/** How long a running platform takes to answer its leaderboard while many evaluations stand on it. */
@NullMarked
package dev.trmarena.benchmark.board;

import org.jspecify.annotations.NullMarked;
