package dev.trmarena.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Only adds to the platform that such test classes share. */
@ExtendWith(SharedPlatform.class)
@ResourceLock(Lane.COMPUTE)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnTheSharedPlatform {}
