package dev.signalbox.threads;

import dev.signalbox.origin.ChatModel;
import dev.signalbox.usage.UsageCounter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Puts together who writes the threads. */
@Dependent
class ThreadsProducer {

    @Produces
    @Singleton
    Workbench workbench(Vertx vertx) {
        return new Workbench(vertx);
    }

    /** A model where there is one; else the text is divided as it is. */
    @Produces
    @Singleton
    ThreadWriter writer(
            ChatModel model, UsageCounter usage, Workbench workbench, ThreadsConfig config, RandomGenerator random) {
        BuiltinSplitter splitter = new BuiltinSplitter(config.maxTweetLength());
        ThreadWriter builtin = new BuiltinWriter(splitter, workbench);
        return model.isConfigured()
                ? new ModelWriter(
                        model,
                        new Prompt(config.maxTweetLength(), () -> HexFormat.of().toHexDigits(random.nextLong())),
                        splitter,
                        workbench,
                        builtin,
                        usage)
                : builtin;
    }
}
