package dev.trmarena.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Starts a platform for itself; no two such test classes run at a time, for the sake of the memory. */
@ResourceLock(OnAPlatformOfItsOwn.TURN)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnAPlatformOfItsOwn {
    String TURN = "a platform of its own";
}
