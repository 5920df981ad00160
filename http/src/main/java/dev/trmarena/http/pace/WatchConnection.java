package dev.trmarena.http.pace;

import dev.trmarena.http.admit.Sender;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
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
 * may have. One that speaks HTTP/2 over clear text, which the framework understands on the management port and has no setting against,
 * ends as well; one that offers to is answered as if it had not. Between two requests a connection may be silent: that is bounded by {@code quarkus.http.idle-timeout}.
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

    private static final String HTTP_2 = "h2c";

    /** What HTTP/2 begins with that a request may begin with, too: nobody knows a method that goes on like {@code PRI}. */
    private static final int IN_COMMON = 3;

    private final Limits limits;
    private @Nullable String sender;
    private @Nullable Future<?> deadline;
    private boolean watching;
    private int undecided;
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
        if (watches(context, (ByteBuf) bytes)) {
            if (atHead) {
                begin(context);
            }
            context.fireChannelRead(bytes);
        }
    }

    /**
     * Where both protocols are understood, the framework has no decoder before it has heard which it is: it gets the first letters one
     * by one.
     *
     * @return false when that was all, or the connection has ended: the bytes are released
     */
    private boolean watches(ChannelHandlerContext context, ByteBuf bytes) {
        while (!watching) {
            ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
            if (decoder != null) {
                watching = true;
                context.pipeline().addAfter(decoder.name(), null, new Heads());
            } else if (undecided == IN_COMMON || !bytes.isReadable()) {
                if (bytes.isReadable()) {
                    context.close();
                }
                bytes.release();
                return false;
            } else {
                undecided++;
                begin(context);
                context.fireChannelRead(bytes.readRetainedSlice(1));
            }
        }
        return true;
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
            if (part instanceof HttpRequest head) {
                atHead = false;
                end();
                if (head.headers().contains(HttpHeaderNames.UPGRADE, HTTP_2, true)) {
                    head.headers().remove(HttpHeaderNames.UPGRADE);
                }
            }
            if (part instanceof LastHttpContent) {
                atHead = true;
            }
            context.fireChannelRead(part);
        }
    }
}
