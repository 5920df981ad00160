package dev.trmarena.system;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.ArrayType;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stops one thread of a running process at a {@link Place}; all its others go on. There it stays until the test kills the process
 * or lets it go on. It is done as a debugger does it, so that the product knows nothing of its tests. One at a time for each
 * process; its platform was started with {@link #WATCHED}.
 */
final class Boundary implements AutoCloseable {
    /** Environment of a platform whose processes can be stopped at places. Each takes a port of its own and prints it to its log. */
    static final Map<String, String> WATCHED =
            Map.of("JAVA_TOOL_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");

    private static final Pattern PORT = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    private final String role;
    private final VirtualMachine machine;
    private final BlockingQueue<Stopped> stops = new LinkedBlockingQueue<>();
    private volatile Place place;
    private @Nullable Stopped stopped;

    private record Stopped(EventSet events, ThreadReference thread) {}

    private Boundary(String role, VirtualMachine machine, Place place) {
        this.role = role;
        this.machine = machine;
        this.place = place;
    }

    /** From now on, the first thread of this process that comes to the place stays there. */
    static Boundary in(Platform platform, String role, Place place) throws IOException {
        var boundary = new Boundary(role, attach(log(platform, role)), place);
        var thread = new Thread(boundary::watch, "boundary in " + role);
        thread.setDaemon(true);
        thread.start();
        boundary.wanted();
        return boundary;
    }

    private static Path log(Platform platform, String role) {
        return platform.data().resolve("logs").resolve(role + ".log");
    }

    /** Makes an array in a process that is larger than its heap. */
    static void fillHeap(Platform platform, String role) throws IOException {
        fillHeap(attach(log(platform, role)));
    }

    /** As {@link #fillHeap(Platform, String)}, while a thread stays at the place: that is where the process dies. */
    void fillHeap() {
        fillHeap(machine);
    }

    private static void fillHeap(VirtualMachine machine) {
        try {
            ((ArrayType) machine.classesByName("byte[]").get(0)).newInstance(Integer.MAX_VALUE - 8);
        } catch (VMDisconnectedException e) {
            // It is gone, as it was meant to be.
        }
    }

    private static VirtualMachine attach(Path log) throws IOException {
        String port = null;
        // What is long goes on in a new file, see BoundLogs.
        Path before = log.resolveSibling(log.getFileName() + ".1");
        String said = (Files.exists(before) ? Files.readString(before) : "") + Files.readString(log);
        Matcher lines = PORT.matcher(said);
        while (lines.find()) {
            // A process that was started again writes to the same log.
            port = lines.group(1);
        }
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                .findAny()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port"))
                .setValue(Objects.requireNonNull(port, () -> "no port in " + log + ": the platform is not watched"));
        try {
            return connector.attach(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wanted() {
        var prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(place.type());
        prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        prepared.enable();
        machine.classesByName(place.type()).forEach(this::breakIn);
    }

    private void breakIn(ReferenceType type) {
        for (var method : type.methodsByName(place.method())) {
            if (!method.isAbstract()
                    && !method.isNative()
                    && method.declaringType().equals(type)) {
                var breakpoint = machine.eventRequestManager().createBreakpointRequest(method.location());
                breakpoint.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                breakpoint.enable();
            }
        }
    }

    private void watch() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                boolean stays = false;
                for (Event event : events) {
                    stays |= stays(events, event);
                }
                if (!stays) {
                    events.resume();
                }
            }
        } catch (VMDisconnectedException e) {
            // Killed, as is the purpose, or let go of.
            stops.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IncompatibleThreadStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean stays(EventSet events, Event event) throws IncompatibleThreadStateException {
        if (event instanceof ClassPrepareEvent prepared) {
            breakIn(prepared.referenceType());
        } else if (event instanceof BreakpointEvent hit && isWithin(hit.thread())) {
            machine.eventRequestManager().deleteAllBreakpoints();
            if (place.returned()) {
                stepOut(hit.thread());
                return false;
            }
            return stops.add(new Stopped(events, hit.thread()));
        } else if (event instanceof StepEvent step) {
            machine.eventRequestManager().deleteEventRequest(step.request());
            return stops.add(new Stopped(events, step.thread()));
        }
        return false;
    }

    private boolean isWithin(ThreadReference thread) throws IncompatibleThreadStateException {
        String within = place.within();
        if (within == null) {
            return true;
        }
        return thread.frames().stream().map(StackFrame::location).anyMatch(frame -> {
            String type = frame.declaringType().name();
            return type.equals(within) || (type + "#" + frame.method().name()).equals(within);
        });
    }

    private void stepOut(ThreadReference thread) {
        var step = machine.eventRequestManager().createStepRequest(thread, StepRequest.STEP_MIN, StepRequest.STEP_OUT);
        step.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        step.enable();
    }

    /** Waits until a thread has come to the place and stays there. */
    Boundary awaitReached(Duration patience) throws InterruptedException {
        stopped = stops.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (stopped == null) {
            throw new AssertionError(
                    role + " did not come to the place " + place + " within " + patience.toSeconds() + " s");
        }
        return this;
    }

    /** The thread that stays goes on, to the end or to the next place, where it, or another one, stays. */
    void goOnTo(Place next) {
        place = next;
        machine.eventRequestManager()
                .deleteEventRequests(machine.eventRequestManager().classPrepareRequests());
        wanted();
        goOn();
    }

    void goOn() {
        Stopped thread = Objects.requireNonNull(stopped, "nothing stays at the place");
        stopped = null;
        thread.events().resume();
    }

    /**
     * What the thread that stays has in a variable, or in a field of it, and so on.
     *
     * @param local variable of any method that it is in; the innermost counts
     */
    String seen(String local, String... fields) {
        try {
            for (StackFrame frame : Objects.requireNonNull(stopped).thread().frames()) {
                LocalVariable variable = variable(frame, local);
                if (variable != null) {
                    Value value = frame.getValue(variable);
                    for (String field : fields) {
                        var object = (ObjectReference) value;
                        value = object.getValue(object.referenceType().fieldByName(field));
                    }
                    return value.toString();
                }
            }
        } catch (IncompatibleThreadStateException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException("no variable " + local + " at the place " + place);
    }

    /** As {@link #seen}, of an id. */
    UUID seenUuid(String local, String... fields) {
        var path = new ArrayList<>(List.of(fields));
        path.add("mostSigBits");
        long most = Long.parseLong(seen(local, path.toArray(String[]::new)));
        path.set(fields.length, "leastSigBits");
        return new UUID(most, Long.parseLong(seen(local, path.toArray(String[]::new))));
    }

    private static @Nullable LocalVariable variable(StackFrame frame, String name) {
        try {
            return frame.visibleVariableByName(name);
        } catch (AbsentInformationException e) {
            // Code of the JDK or of a library.
            return null;
        }
    }

    /** Lets everything go on, if it still runs. */
    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            // It was killed.
            stopped = null;
        }
    }
}
