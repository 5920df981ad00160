/** What is known under the name of a model: its checkpoints, its best scores, its evaluations. */
@NullMarked
package dev.trmarena.leaderboard.model;

import org.jspecify.annotations.NullMarked;
