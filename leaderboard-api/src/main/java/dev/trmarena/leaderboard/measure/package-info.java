/** What the meters of this service show. */
@NullMarked
package dev.trmarena.leaderboard.measure;

import org.jspecify.annotations.NullMarked;
