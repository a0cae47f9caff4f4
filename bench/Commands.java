import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that a run needs before it begins, and where it keeps what it installs. */
final class Commands {

    private Commands() {}

    /** A folder outside the repository that outlives the run. */
    static Path cache(String name) throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache", "signalbox-bench", name));
    }

    /** What a command wrote, without the white space around it. */
    static String run(Path folder, String... command) throws IOException, InterruptedException, NotInstalled {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new NotInstalled("`" + String.join(" ", command) + "` failed: " + output);
        }
        return output;
    }

    static boolean isInstalled(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    static void require(String program, String advice) throws IOException, InterruptedException, NotInstalled {
        if (!isInstalled(program)) {
            throw new NotInstalled(program + " is not there: " + advice);
        }
    }

    /** Installs wrk where that is possible. */
    static void requireWrk() throws IOException, InterruptedException, NotInstalled {
        if (!isInstalled("wrk")) {
            run(Path.of("."), "sh", "-c", "apt-get update && apt-get install -y wrk");
        }
    }
}
