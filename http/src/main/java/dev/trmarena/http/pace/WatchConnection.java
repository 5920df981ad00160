package dev.trmarena.http.pace;

import dev.trmarena.http.admit.Sender;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that does not send the head of a request in time, however often it sends a byte of it, and one more than its address
 * may have. Between two requests a connection may be silent: that is bounded by {@code quarkus.http.idle-timeout}.
 */
final class WatchConnection extends ChannelInboundHandlerAdapter {
    /** What connections are held to, and how many each address has. */
    static final class Limits {
        private final Duration deadline;
        private final int most;
        private final Map<String, Integer> connections = new ConcurrentHashMap<>();

        Limits(Duration deadline, int most) {
            this.deadline = deadline;
            this.most = most;
        }

        private boolean enter(String sender) {
            return connections.merge(sender, 1, Integer::sum) <= most;
        }

        private void leave(String sender) {
            connections.computeIfPresent(sender, (who, number) -> number == 1 ? null : number - 1);
        }
    }

    private final Limits limits;
    private @Nullable String sender;
    private @Nullable Future<?> deadline;
    private boolean watching;
    /** Whether what comes is a head, and not a body. */
    private boolean atHead = true;

    WatchConnection(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sender = context.channel().remoteAddress() instanceof InetSocketAddress address
                ? new Sender(address.getAddress().getHostAddress()).key()
                : "unknown";
        if (limits.enter(sender)) {
            begin(context);
            context.fireChannelActive();
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (sender != null) {
            limits.leave(sender);
            sender = null;
        }
        end();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!watching) {
            watch(context);
        }
        if (atHead) {
            begin(context);
        }
        context.fireChannelRead(bytes);
    }

    /** Where another protocol may be spoken, which the management port allows, its own limits hold. */
    private void watch(ChannelHandlerContext context) {
        watching = true;
        ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
        if (decoder == null) {
            atHead = false;
            end();
        } else {
            context.pipeline().addAfter(decoder.name(), null, new Heads());
        }
    }

    private void begin(ChannelHandlerContext context) {
        if (deadline == null) {
            deadline =
                    context.executor().schedule(() -> late(context), limits.deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void late(ChannelHandlerContext context) {
        deadline = null;
        if (context.channel().config().isAutoRead()) {
            context.close();
        } else {
            // It is we who do not read on, since a request before this one is still at work.
            begin(context);
        }
    }

    private void end() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Sees where the decoder finds a head, and the end of a body. */
    private final class Heads extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof HttpRequest) {
                atHead = false;
                end();
            }
            if (part instanceof LastHttpContent) {
                atHead = true;
            }
            context.fireChannelRead(part);
        }
    }
}
