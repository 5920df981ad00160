@NullMarked
package dev.trmarena.db.remove;

import org.jspecify.annotations.NullMarked;
