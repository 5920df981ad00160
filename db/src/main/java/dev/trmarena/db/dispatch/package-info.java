/** Which unit or step replay is given out next or given up, and what becomes of those that nothing is heard of. */
@NullMarked
package dev.trmarena.db.dispatch;

import org.jspecify.annotations.NullMarked;
