/** All SQL of the platform: records in, records out. The schema is in {@code db/migration}. Here is what all packages use. */
@NullMarked
package dev.trmarena.db;

import org.jspecify.annotations.NullMarked;
