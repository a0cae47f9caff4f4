package dev.signalbox.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the product, one process after the other, on one port, in one directory and an environment that is not ours. */
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

    /** The packaged product that this run of the tests is about. */
    static Path packagedProduct() {
        String artifact = System.getProperty(ARTIFACT);
        if (artifact == null || !Files.exists(Path.of(artifact))) {
            throw new IllegalStateException("-D" + ARTIFACT + " names no packaged product: " + artifact);
        }
        return Path.of(artifact).toAbsolutePath();
    }

    /**
     * The command that runs a product: the JVM of this test for a jar, with the archive of loaded classes that the build
     * left beside it; nothing but itself for a native binary.
     */
    static List<String> command(Path product, List<String> virtualMachineArguments) {
        List<String> line = new ArrayList<>();
        if (product.toString().endsWith(".jar")) {
            line.add(java());
            Path classes = product.resolveSibling("app.aot");
            if (Files.exists(classes)) {
                line.add("-XX:AOTCache=" + classes);
            }
            line.addAll(virtualMachineArguments);
            line.add("-jar");
            line.add(product.toString());
        } else {
            line.add(product.toString());
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
        theirs.put("JOURNAL_DIR", "off");
        theirs.putAll(environment);
        return ChildProcess.start(builder, home.path().resolve("service-" + ++launches + ".log"));
    }

    @Override
    public void close() {
        home.close();
    }
}
