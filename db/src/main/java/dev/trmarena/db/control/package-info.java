/** What people do to an evaluation: cancel, pause, resume, retry; and what happened to it. */
@NullMarked
package dev.trmarena.db.control;

import org.jspecify.annotations.NullMarked;
