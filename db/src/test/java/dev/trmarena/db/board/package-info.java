/** What is measured, in a real database. */
@org.jspecify.annotations.NullMarked
package dev.trmarena.db.board;
