package dev.signalbox.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the product, one process after the other, on one port, one journal and an environment that is not ours. */
final class ServiceLauncher implements AutoCloseable {

    private static final String ARTIFACT = "signalbox.artifact";

    private final List<String> command;
    private final Map<String, String> environment;
    private final Scratch home = Scratch.create("service");
    private final int port = FreePort.find();
    private int launches;

    ServiceLauncher(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    /** The command that runs the packaged product: the current JVM for a jar, nothing but itself for a native binary. */
    static List<String> packagedProduct(List<String> virtualMachineArguments) {
        Path artifact = artifact();
        List<String> line = new ArrayList<>();
        if (artifact.toString().endsWith(".jar")) {
            line.add(java());
            line.addAll(virtualMachineArguments);
            line.add("-jar");
            line.add(artifact.toString());
        } else {
            line.add(artifact.toString());
            line.addAll(virtualMachineArguments);
        }
        return line;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    int port() {
        return port;
    }

    Path workingDirectory() {
        return home.path();
    }

    ChildProcess launch() {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.path().toFile());
        Map<String, String> theirs = builder.environment();
        theirs.keySet().retainAll(List.of("PATH", "HOME"));
        theirs.put("PORT", Integer.toString(port));
        theirs.put("JOURNAL_DIR", home.directory("journal").toString());
        theirs.putAll(environment);
        return ChildProcess.start(builder, home.path().resolve("service-" + ++launches + ".log"));
    }

    @Override
    public void close() {
        home.close();
    }

    private static Path artifact() {
        @Nullable String property = System.getProperty(ARTIFACT);
        if (property == null || !Files.exists(Path.of(property))) {
            throw new IllegalStateException("-D" + ARTIFACT + " names no packaged product: " + property);
        }
        return Path.of(property).toAbsolutePath();
    }
}
