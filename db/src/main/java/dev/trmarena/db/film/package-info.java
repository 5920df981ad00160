/** Films that are computed because somebody wants to see them. */
@NullMarked
package dev.trmarena.db.film;

import org.jspecify.annotations.NullMarked;
