/** What to do about something that went wrong: try again, for so long, or not at all. */
@NullMarked
package dev.trmarena.http.trouble;

import org.jspecify.annotations.NullMarked;
