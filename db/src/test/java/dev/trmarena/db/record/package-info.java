@NullMarked
package dev.trmarena.db.record;

import org.jspecify.annotations.NullMarked;
