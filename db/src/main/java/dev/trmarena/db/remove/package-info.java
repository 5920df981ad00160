/** Taking away what nobody wants any more: evaluations with all that belongs to them, checkpoints, puzzle sets, grids. */
@NullMarked
package dev.trmarena.db.remove;

import org.jspecify.annotations.NullMarked;
