@NullMarked
package dev.trmarena.db.control;

import org.jspecify.annotations.NullMarked;
