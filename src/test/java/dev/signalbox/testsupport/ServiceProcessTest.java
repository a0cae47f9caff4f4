package dev.signalbox.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    @Test
    void startedServiceIsServingMeasuredAndAlone() {
        try (ServiceProcess service = start(Map.of("REDIS_URL", "redis://x"))) {
            assertThat(service.startMillis()).isPositive();
            assertThat(service.health().path("status").asText()).isEqualTo("healthy");
            assertThat(service.get("/echo", "X-Mark", "m").body()).isEqualTo("GET m");
            assertThat(service.post("/echo", "{}", "X-Mark", "m").body()).isEqualTo("POST m{}");
            assertThat(service.get("/env").body().split(","))
                    .containsExactlyInAnyOrder("PATH", "HOME", "PORT", "JOURNAL_DIR", "REDIS_URL");
            service.awaitLog("serving marked");
            assertThat(service.logLines("serving")).hasSize(1);
            assertThat(service.rssBytes()).isGreaterThan(10_000_000);
            assertThat(service.threads()).isGreaterThan(5);
            assertThat(service.openFiles()).isGreaterThan(3);
            assertThat(service.cpuTime()).isBetween(Duration.ofMillis(10), Duration.ofSeconds(60));
        }
    }

    @Test
    void restartKeepsPortAndFilesAndBeginsANewLog() throws Exception {
        try (ServiceProcess service = start(Map.of())) {
            Path file = Files.writeString(service.workingDirectory().resolve("x"), "kept");
            long pid = service.pid();

            service.kill();
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThatThrownBy(() -> service.get("/health")).hasMessageContaining("ConnectException");
            service.restart();

            assertThat(service.pid()).isNotEqualTo(pid);
            assertThat(service.get("/health").statusCode()).isEqualTo(200);
            assertThat(file).hasContent("kept");
            service.awaitLog("serving");
            assertThat(service.logLines("serving")).hasSize(1);
        }
    }

    @Test
    void terminationReportsCodeAndTime() {
        try (ServiceProcess service = start(Map.of())) {
            service.awaitLog("serving");

            ProcessExit exit = service.terminate();

            assertThat(exit.code()).isEqualTo(128 + 15);
            assertThat(exit.after()).isPositive().isLessThan(Duration.ofSeconds(30));
            assertThat(exit.log()).contains("serving marked");
        }
    }

    @Test
    void refusalToStartIsReported() {
        ProcessExit exit;
        try (ServiceProcess service = service(Map.of("REFUSE", "yes"))) {
            exit = service.launchAndAwaitExit();
            assertThatThrownBy(service::restart).hasMessageContaining("REFUSE: not today");
        }

        assertThat(exit.code()).isEqualTo(3);
        assertThat(exit.log()).containsExactly("REFUSE: not today");
    }

    @Test
    void jarRunsOnTheJvmOfTheTestAndBinaryRunsByItself() {
        List<String> arguments = List.of("-Dx=y");

        assertThat(ServiceLauncher.command(Path.of("/a/quarkus-run.jar"), arguments))
                .containsExactly(ServiceLauncher.java(), "-Dx=y", "-jar", "/a/quarkus-run.jar");
        assertThat(ServiceLauncher.command(Path.of("/a/signalbox-runner"), arguments))
                .containsExactly("/a/signalbox-runner", "-Dx=y");
    }

    @Test
    void jarRunsWithTheClassesThatTheBuildRecordedBesideIt(@TempDir Path built) throws IOException {
        Path archive = Files.createFile(built.resolve("app.aot"));
        Path jar = built.resolve("quarkus-run.jar");

        assertThat(ServiceLauncher.command(jar, List.of()))
                .containsExactly(ServiceLauncher.java(), "-XX:AOTCache=" + archive, "-jar", jar.toString());
    }

    private static ServiceProcess start(Map<String, String> environment) {
        ServiceProcess service = service(environment);
        service.restart();
        return service;
    }

    private static ServiceProcess service(Map<String, String> environment) {
        List<String> command = List.of(
                ServiceLauncher.java(), "-Dtiny.mark=marked", "-cp", classes().toString(), TinyService.class.getName());
        return new ServiceProcess(new ServiceLauncher(command, environment));
    }

    private static Path classes() {
        try {
            return Path.of(TinyService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
