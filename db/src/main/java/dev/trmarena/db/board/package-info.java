/** What people see: reading queries and the records that are also the JSON of the HTTP API. */
@NullMarked
package dev.trmarena.db.board;

import org.jspecify.annotations.NullMarked;
