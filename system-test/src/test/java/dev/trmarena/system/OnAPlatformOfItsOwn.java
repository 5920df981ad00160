package dev.trmarena.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Starts a platform for itself. */
@ResourceLock(Lane.COMPUTE)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnAPlatformOfItsOwn {}
