/** All tables, written to files and read again on another Postgres, and what has to be forgotten there. */
@NullMarked
package dev.trmarena.db.backup;

import org.jspecify.annotations.NullMarked;
