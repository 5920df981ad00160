@NullMarked
package dev.trmarena.db.adapt;

import org.jspecify.annotations.NullMarked;
