/** What a machine has of what the platform needs, each in one line with its remedy. */
@NullMarked
package dev.trmarena.arena.doctor;

import org.jspecify.annotations.NullMarked;
