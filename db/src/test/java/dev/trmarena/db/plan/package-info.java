@NullMarked
package dev.trmarena.db.plan;

import org.jspecify.annotations.NullMarked;
