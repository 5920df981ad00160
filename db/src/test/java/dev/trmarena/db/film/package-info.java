@NullMarked
package dev.trmarena.db.film;

import org.jspecify.annotations.NullMarked;
