/** The whole of leaderboard-api over HTTP, on a real Postgres and a real Kafka broker. */
@NullMarked
package dev.trmarena.leaderboard;

import org.jspecify.annotations.NullMarked;
