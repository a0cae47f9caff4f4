package dev.signalbox.testsupport;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The fault in force, for any number of threads. */
final class FaultSwitch {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Fault fault = new Fault.None();

    /** Puts a fault in force, and runs what has to happen before anybody sees it. */
    void set(Fault next, Runnable entering) {
        lock.lock();
        try {
            fault = next;
            entering.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs something while no other fault can come into force. */
    void with(Consumer<Fault> action) {
        lock.lock();
        try {
            action.accept(fault);
        } finally {
            lock.unlock();
        }
    }

    /** The fault in force. */
    Fault current() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** The fault in force, once it is not a stall. */
    Fault awaitMoving() throws InterruptedException {
        lock.lock();
        try {
            while (fault instanceof Fault.Stall) {
                changed.await();
            }
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a fault that strikes once; true for the one caller it strikes. */
    boolean use(Fault.ResetMidReply reset) {
        lock.lock();
        try {
            if (!fault.equals(reset)) {
                return false;
            }
            if (reset.onlyOnce()) {
                fault = new Fault.None();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
