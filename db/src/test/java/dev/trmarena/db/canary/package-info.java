@NullMarked
package dev.trmarena.db.canary;

import org.jspecify.annotations.NullMarked;
