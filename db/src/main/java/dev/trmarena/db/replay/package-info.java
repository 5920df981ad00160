/** Films that are computed because somebody wants to see them. */
@NullMarked
package dev.trmarena.db.replay;

import org.jspecify.annotations.NullMarked;
