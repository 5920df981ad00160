/** Tests of what is shown to whoever runs the platform. */
@NullMarked
package dev.trmarena.leaderboard.operate;

import org.jspecify.annotations.NullMarked;
