/** Which unit is given out next, and what becomes of those that nothing is heard of. */
@NullMarked
package dev.trmarena.db.dispatch;

import org.jspecify.annotations.NullMarked;
