package dev.trmarena.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Kills or stops solvers, or sends them what they cannot bear: on a platform for such test classes. */
@ExtendWith(DisturbedPlatform.class)
@ResourceLock(Lane.COMPUTE)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface DisturbsSolvers {}
