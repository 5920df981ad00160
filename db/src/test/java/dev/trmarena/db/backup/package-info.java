@NullMarked
package dev.trmarena.db.backup;

import org.jspecify.annotations.NullMarked;
