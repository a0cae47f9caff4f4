package dev.signalbox.admin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged of management from its making to its close. */
final class AdminLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(AuditLog.class.getName());
    private final PatternFormatter formatter = new PatternFormatter("%p %s");
    final List<String> lines = new CopyOnWriteArrayList<>();

    AdminLines() {
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
        lines.add(formatter.format(org.jboss.logmanager.ExtLogRecord.wrap(logged)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
