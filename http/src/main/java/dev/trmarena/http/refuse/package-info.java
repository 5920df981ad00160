/** How a request is read and refused: one exception, one JSON form; what is a defect and what is trouble that passes. */
@NullMarked
package dev.trmarena.http.refuse;

import org.jspecify.annotations.NullMarked;
