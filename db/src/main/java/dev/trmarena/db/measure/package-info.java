/** How much work there is. */
@NullMarked
package dev.trmarena.db.measure;

import org.jspecify.annotations.NullMarked;
