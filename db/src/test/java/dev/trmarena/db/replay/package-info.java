@NullMarked
package dev.trmarena.db.replay;

import org.jspecify.annotations.NullMarked;
