/** A real Postgres for tests. */
@NullMarked
package dev.trmarena.db;

import org.jspecify.annotations.NullMarked;
