/** Numbers for those who run the platform. */
@NullMarked
package dev.trmarena.http.measure;

import org.jspecify.annotations.NullMarked;
