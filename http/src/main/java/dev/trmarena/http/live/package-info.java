/** Whether a service is there and does its work: how it starts, when it is ready, when it should be started again. */
@NullMarked
package dev.trmarena.http.live;

import org.jspecify.annotations.NullMarked;
