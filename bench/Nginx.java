import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx with {@code proxy_cache}, as in {@code peers/nginx.conf}. */
final class Nginx {

    private static final Path TEMPLATE = Path.of("bench", "peers", "nginx.conf");

    /**
     * Debian's package is unpacked and not installed, since installing it would also start it, on every address. Up to
     * Debian 11 its name is that of the variant.
     */
    private static final String UNPACK =
            """
            apt-get update
            apt-get download nginx nginx-light || exit 1
            for package in *.deb; do dpkg-deb -x "$package" . || exit 1; done
            test -x usr/sbin/nginx
            """;

    private final String binary;

    private Nginx(String binary) {
        this.binary = binary;
    }

    static Nginx install() throws IOException, InterruptedException, NotInstalled {
        for (String installed : List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx")) {
            if (Files.isExecutable(Path.of(installed))) {
                return new Nginx(installed);
            }
        }
        Path folder = Commands.cache("nginx");
        Path unpacked = folder.resolve("usr/sbin/nginx");
        if (!Files.isExecutable(unpacked)) {
            Commands.run(folder, "sh", "-c", UNPACK);
        }
        return new Nginx(unpacked.toString());
    }

    Server start(Children children, String name, String origin) throws IOException, InterruptedException {
        int port = RedisServer.freePort();
        // Started by root its worker would be another user, who may not enter the folder of the run.
        String user = System.getProperty("user.name").equals("root") ? "user root root;" : "";
        Path configuration = children.folder().resolve("nginx.conf");
        Files.writeString(
                configuration,
                Files.readString(TEMPLATE)
                        .replace("@PORT@", "" + port)
                        .replace("@ORIGIN_URL@", origin)
                        .replace("@USER@", user));
        String folder = children.folder() + "/";
        List<String> command = List.of(binary, "-p", folder, "-c", configuration.toString(), "-e", "stderr");
        return Server.start(children, name, port, "/ready", Map.of(), command);
    }

    String version() throws IOException, InterruptedException, NotInstalled {
        return Commands.run(Path.of("."), binary, "-v").replaceFirst("nginx version: ", "");
    }
}
