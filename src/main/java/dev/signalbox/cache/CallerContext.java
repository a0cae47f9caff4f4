package dev.signalbox.cache;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where a caller is, so that what it waits for can be brought to it: its Vert.x context. For a caller on a thread without
 * one, wherever the result comes about.
 */
final class CallerContext implements Executor {

    private final @Nullable Context context;

    private CallerContext(@Nullable Context context) {
        this.context = context;
    }

    /** The context of whoever calls this. */
    static CallerContext current() {
        return new CallerContext(Vertx.currentContext());
    }

    @Override
    public void execute(Runnable command) {
        if (context == null || context.equals(Vertx.currentContext())) {
            command.run();
        } else {
            context.runOnContext(turn -> command.run());
        }
    }
}
