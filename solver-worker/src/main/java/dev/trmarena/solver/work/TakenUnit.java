package dev.trmarena.solver.work;

import dev.trmarena.messages.WorkUnit;

/** A unit that this solver holds. @param held its record @param delivery what is said about it */
record TakenUnit(AcquiredRecord held, Delivery delivery) {
    WorkUnit unit() {
        return delivery.unit();
    }
}
