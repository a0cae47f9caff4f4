package dev.signalbox.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that is logged from its making to its close; of ourselves and what we stand on, also what would not be shown. */
final class LogCapture extends Handler implements AutoCloseable {

    private static final List<String> CATEGORIES =
            List.of("dev.signalbox", "io.quarkus.vertx.http", "io.quarkus.resteasy", "org.jboss.resteasy", "io.vertx");

    private final List<ExtLogRecord> records = new CopyOnWriteArrayList<>();

    LogCapture() {
        setLevel(Level.ALL);
        CATEGORIES.forEach(category -> Logger.getLogger(category).setLevel(Level.ALL));
        Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getLevel().intValue() < Level.INFO.intValue()
                && CATEGORIES.stream().noneMatch(String.valueOf(logged.getLoggerName())::startsWith)) {
            return;
        }
        ExtLogRecord copy = ExtLogRecord.wrap(logged);
        copy.copyMdc();
        records.add(copy);
    }

    List<ExtLogRecord> atLeast(Level level) {
        return records.stream()
                .filter(logged -> logged.getLevel().intValue() >= level.intValue())
                .toList();
    }

    /** A message with its parameters. */
    static String message(ExtLogRecord logged) {
        return new PatternFormatter("%s").format(logged);
    }

    /** All messages from a level on, with the whole of their exceptions. */
    String text(Level level) {
        PatternFormatter formatter = new PatternFormatter("%s%e%n");
        return atLeast(level).stream().map(formatter::format).collect(Collectors.joining());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
        CATEGORIES.forEach(category -> Logger.getLogger(category).setLevel(null));
    }
}
