/** What the OpenAPI document says that the types of the records do not. */
@NullMarked
package dev.trmarena.leaderboard.describe;

import org.jspecify.annotations.NullMarked;
