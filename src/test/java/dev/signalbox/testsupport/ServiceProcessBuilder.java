package dev.signalbox.testsupport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Describes a {@link ServiceProcess}. May start several, which then share nothing but the description. */
public final class ServiceProcessBuilder {

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> virtualMachineArguments = new ArrayList<>();

    ServiceProcessBuilder() {}

    /**
     * Sets an environment variable. Of ours only {@code PATH} and {@code HOME} are inherited. The product keeps nothing on
     * disk, unless {@code JOURNAL_DIR} says otherwise: {@code journal} is a directory that the process finds again after a
     * restart, and that is deleted with it.
     */
    @CanIgnoreReturnValue
    public ServiceProcessBuilder env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds an argument such as {@code -Djdk.net.hosts.file=…} for the virtual machine, or for the native binary. */
    @CanIgnoreReturnValue
    public ServiceProcessBuilder jvmArg(String argument) {
        virtualMachineArguments.add(argument);
        return this;
    }

    /**
     * Starts the product and waits until it serves.
     *
     * @throws IllegalStateException if it ends instead, with what it printed
     */
    public ServiceProcess start() {
        ServiceProcess service = new ServiceProcess(launcher());
        try {
            service.restart();
            return service;
        } catch (RuntimeException unstartable) {
            service.close();
            throw unstartable;
        }
    }

    /** Starts the product and waits until it has refused to run. */
    public ProcessExit startExpectingExit() {
        try (ServiceProcess service = new ServiceProcess(launcher())) {
            return service.launchAndAwaitExit();
        }
    }

    private ServiceLauncher launcher() {
        return new ServiceLauncher(
                ServiceLauncher.command(ServiceLauncher.packagedProduct(), virtualMachineArguments), environment);
    }
}
