/** A solver as a process of somebody else: started, its last words kept, its end told. */
@org.jspecify.annotations.NullMarked
package dev.trmarena.supervise;
