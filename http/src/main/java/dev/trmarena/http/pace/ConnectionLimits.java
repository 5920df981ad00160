package dev.trmarena.http.pace;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/** Netty hands every connection that it accepts to this class, by the service loader, before a byte of it is read. */
public final class ConnectionLimits extends ChannelInitializerExtension {
    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        SetConnectionLimits.current().ifPresent(limits -> channel.pipeline().addFirst(new WatchConnection(limits)));
    }
}
