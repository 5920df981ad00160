@NullMarked
package dev.trmarena.arena.doctor;

import org.jspecify.annotations.NullMarked;
