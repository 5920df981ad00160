@NullMarked
package dev.trmarena.db.dispatch;

import org.jspecify.annotations.NullMarked;
