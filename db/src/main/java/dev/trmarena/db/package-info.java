/** All SQL of the platform: records in, records out. The schema is in {@code db/migration}. */
@NullMarked
package dev.trmarena.db;

import org.jspecify.annotations.NullMarked;
