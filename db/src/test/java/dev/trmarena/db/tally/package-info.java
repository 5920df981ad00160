/** Who solved what is counted, in a real database. */
@org.jspecify.annotations.NullMarked
package dev.trmarena.db.tally;
