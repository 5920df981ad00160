package dev.trmarena.ingest.dispatch;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock that deadlines are compared with; a test may have another one. */
class TheClock {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
