import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A Node peer of {@code peers}, with its packages in a folder outside the repository. */
final class Fastify {

    private static final Path SOURCES = Path.of("bench", "peers");
    private static final Pattern DEPENDENCY = Pattern.compile("\"([^\"]+)\": \"\\^");
    private static final Pattern VERSION = Pattern.compile("\"version\": \"([^\"]+)\"");

    private final Path folder;
    private final String program;

    private Fastify(Path folder, String program) {
        this.folder = folder;
        this.program = program;
    }

    static Fastify install(String program) throws IOException, InterruptedException, NotInstalled {
        Commands.require("node", "install Node.js 20 or later, with npm");
        Path folder = Commands.cache("node");
        for (String source : List.of("package.json", program)) {
            Files.copy(SOURCES.resolve(source), folder.resolve(source), StandardCopyOption.REPLACE_EXISTING);
        }
        Commands.run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline");
        return new Fastify(folder, program);
    }

    Server start(Children children, String name, Map<String, String> environment)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("NODE_ENV", "production");
        List<String> command = List.of("node", folder.resolve(program).toString());
        return Server.start(children, name, RedisServer.freePort(), "/ready", all, command);
    }

    /** Of Node and of each package, as installed. */
    String versions() throws IOException, InterruptedException, NotInstalled {
        StringBuilder text = new StringBuilder("Node " + Commands.run(folder, "node", "--version"));
        String packages = Files.readString(folder.resolve("package.json"));
        for (String name : firsts(DEPENDENCY, packages)) {
            String installed = Files.readString(
                    folder.resolve("node_modules").resolve(name).resolve("package.json"));
            text.append(", ")
                    .append(name)
                    .append(' ')
                    .append(firsts(VERSION, installed).getFirst());
        }
        return text.toString();
    }

    private static List<String> firsts(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
