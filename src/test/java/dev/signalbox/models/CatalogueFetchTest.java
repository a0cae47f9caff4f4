package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.ProblemException;
import dev.signalbox.origin.RawServer;
import dev.signalbox.origin.TestOriginConfig;
import dev.signalbox.testsupport.OriginRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A catalogue is fetched whole, or it is a problem and nothing is kept. */
class CatalogueFetchTest {

    private final ModelsFixture fixture = new ModelsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void wholeListIsFetchedOnceAndSentAsItIsKept() {
        ModelsService service = fixture.onList();

        CachedAnswer first = fixture.list(service);
        CachedAnswer second = fixture.list(service);

        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(second.source()).isEqualTo(Source.L1);
        assertThat(second.representation()).isSameAs(first.representation());
        assertThat(fixture.origin.calls()).isEqualTo(1);
        assertThat(fixture.origin.requests().getFirst().query()).isEmpty();
        assertThat(text(first)).isEqualTo(recordedModelsIn("687,\"returned\":687,\"offset\":0,\"limit\":687"));
        assertThat(first.representation().gzip()).isNotNull();
        assertThat(first.representation().contentType()).isEqualTo("application/json");
    }

    @Test
    void pagedCatalogueIsTheSameByteForByte() {
        fixture.origin.answerPaged(1_000);
        TestModelsConfig atOnce = fixture.config().withPageSize(1_000);
        CachedAnswer unpaged = fixture.list(fixture.service(fixture.gateways(), atOnce));
        assertThat(fixture.origin.calls()).isEqualTo(1);
        fixture.cache.forget();

        CachedAnswer answer = fixture.list(fixture.onGateways(), Map.of("gateway", "groq"));

        assertThat(text(answer)).isEqualTo(text(unpaged)).contains("\"total\":687,\"returned\":687");
        assertThat(fixture.origin.requests()).extracting(OriginRequest::path).containsOnly("/v1/models");
        assertThat(fixture.origin.requests())
                .extracting(request -> request.query().get("offset"))
                .containsExactly("0", "0", "100", "200", "300", "400", "500", "600");
        assertThat(fixture.origin.requests().subList(1, 8))
                .allSatisfy(request -> assertThat(request.query())
                        .containsEntry("gateway", "groq")
                        .containsEntry("limit", "100"));
    }

    @Test
    void originMaySendSmallerPagesThanItIsAskedFor() {
        fixture.origin.answerPaged(300);
        ModelsService service =
                fixture.service(fixture.gateways(), fixture.config().withPageSize(1_000));

        assertThat(text(fixture.list(service))).contains("\"total\":687,\"returned\":687");
        assertThat(fixture.origin.calls()).isEqualTo(3);
    }

    @Test
    void listThatTurnsOutToBePagedIsFollowed() {
        fixture.origin.answerPaged(300);

        assertThat(text(fixture.list(fixture.onList()))).contains("\"total\":687,\"returned\":687");
    }

    @Test
    void originThatKnowsNoPagesIsAskedOnce() {
        assertThat(text(fixture.list(fixture.onGateways()))).contains("\"total\":687,\"returned\":687");
        assertThat(fixture.origin.calls()).isEqualTo(1);
        assertThat(fixture.origin.requests().getFirst().query()).containsEntry("gateway", "all");
    }

    @Test
    void eachGatewayHasACatalogueOfItsOwn() {
        ModelsService service = fixture.onGateways();

        fixture.origin.answer("application/json", "{\"data\":[{\"id\":\"a\"}]}");
        assertThat(text(fixture.list(service, Map.of("gateway", "one")))).contains("\"id\":\"a\"");
        fixture.origin.answer("application/json", "{\"data\":[{\"id\":\"b\"}]}");
        assertThat(text(fixture.list(service, Map.of("gateway", "two")))).contains("\"id\":\"b\"");

        assertThat(text(fixture.list(service, Map.of("gateway", "one")))).contains("\"id\":\"a\"");
        assertThat(fixture.origin.calls()).isEqualTo(2);
    }

    @Test
    void compressedCatalogueIsTakenAsWell() throws Exception {
        byte[] coded = gzipped(fixture.origin.catalogue().whole());
        String head = "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: " + coded.length + "\n\n";
        try (var server = RawServer.saying(head, coded)) {
            CachedAnswer answer = fixture.list(fixture.onList(server.uri("/v1/models")));

            assertThat(text(answer)).isEqualTo(recordedModelsIn("687,\"returned\":687,\"offset\":0,\"limit\":687"));
        }
    }

    @Test
    void failingPageInTheMiddleSpoilsTheCatalogueAndIsNotKept() {
        fixture.origin.failPage(4, 503, 100);
        ModelsService service = fixture.onGateways();

        assertThat(problem(service)).contains("its origin answered with status 503");
        assertThat(fixture.origin.calls()).isEqualTo(4);
        recovers(service);
    }

    @Test
    void emptyListIsNotKept() {
        ModelsService service = fixture.onList();
        fixture.origin.answerEmpty();

        assertThat(problem(service)).contains("sent an empty catalogue");
        recovers(service);
    }

    @Test
    void fewerModelsThanAnnouncedAreNotKept() {
        ModelsService service = fixture.onList();
        fixture.origin.answer("application/json", "{\"data\":[{\"id\":\"a\"}],\"total\":2,\"has_more\":false}");

        assertThat(problem(service)).contains("sent 1 of 2 models");
        recovers(service);
    }

    @Test
    void cutJsonIsNotKept() {
        ModelsService service = fixture.onList();
        fixture.origin.answerCutJson();

        assertThat(problem(service)).contains("sent JSON that ends too early");
        recovers(service);
    }

    @Test
    void brokenOffAnswerIsNotKept() {
        ModelsService service = fixture.onList();
        fixture.origin.breakOff();

        assertThat(problem(service)).contains("closed the connection before its answer was complete");
        recovers(service);
    }

    @Test
    void errorIsNotKept() {
        ModelsService service = fixture.onList();
        fixture.origin.failWith(500);

        assertThat(problem(service)).contains("answered with status 500");
        recovers(service);
    }

    @Test
    void pageOfHtmlIsNotKept() {
        ModelsService service = fixture.onList();
        fixture.origin.answer("text/html", "<p>login</p>");

        assertThat(problem(service)).contains("sent something that is not JSON");
        recovers(service);
    }

    @Test
    void slowAnswerEndsAtTheDeadlineOfTheExchange() {
        fixture.origin.hang();
        ModelsService service =
                fixture.service(TestOriginConfig.patient().withTimeout(Duration.ofMillis(100)), fixture.config());

        assertThat(problem(service)).contains("did not answer completely within 100 ms");
        fixture.origin.answerAtOnce();
        recovers(fixture.onList());
    }

    @Test
    void manySlowPagesEndAtTheDeadlineOfTheCatalogue() {
        fixture.origin.answerPaged(100);
        fixture.origin.delayBy(Duration.ofMillis(60));
        ModelsService service =
                fixture.service(fixture.gateways(), fixture.config().withTimeout(Duration.ofMillis(200)));

        assertThat(problem(service)).contains("did not answer completely within 200 ms");
        assertThat(fixture.cache.size()).isZero();
    }

    @Test
    void tooLargeAnswerIsNotKept() {
        ModelsService service = fixture.service(TestOriginConfig.patient().withMaxBodyBytes(200_000), fixture.config());

        assertThat(problem(service)).contains("sent more than 200000 bytes");
        assertThat(fixture.cache.size()).isZero();
    }

    @Test
    void pagesThatAreTooLargeTogetherAreNotKept() {
        fixture.origin.answerPaged(100);
        ModelsService service =
                fixture.service(fixture.gateways(), fixture.config().withMaxBytes(100_000));

        assertThat(problem(service)).contains("sent more than 100000 bytes");
        assertThat(fixture.origin.calls()).isBetween(2, 4);
    }

    @Test
    void tooManyPagesAreNotKept() {
        fixture.origin.answerPaged(100);
        ModelsService service =
                fixture.service(fixture.gateways(), fixture.config().withMaxPages(6));

        assertThat(problem(service)).contains("has more than 6 pages");
        assertThat(fixture.origin.calls()).isEqualTo(6);
    }

    @Test
    void gatewayThatTheOriginRefusesIsTheCallersMistake() {
        fixture.origin.failWith(422);
        ModelsService service = fixture.onGateways();

        assertThat(problem(service, Map.of("gateway", "nosuch"))).isEqualTo("gateway: is not known to the origin");
        assertThat(problem(service, Map.of())).contains("answered with status 422");
    }

    @Test
    void problemNamesNoAddress() {
        fixture.origin.failWith(500);

        assertThat(problem(fixture.onList())).doesNotContain("127.0.0.1").doesNotContain("http");
    }

    private void recovers(ModelsService service) {
        assertThat(fixture.cache.size()).isZero();
        fixture.origin.answerWhole();
        assertThat(text(fixture.list(service))).contains("\"total\":687,\"returned\":687");
    }

    private String problem(ModelsService service) {
        return problem(service, Map.of());
    }

    private String problem(ModelsService service, Map<String, String> parameters) {
        return String.valueOf(catchThrowableOfType(ProblemException.class, () -> fixture.list(service, parameters))
                .getMessage());
    }

    private String recordedModelsIn(String counts) {
        String recorded = new String(fixture.origin.catalogue().whole(), StandardCharsets.UTF_8).strip();
        return recorded.replaceFirst("^\\{\"data\":", "{\"object\":\"list\",\"data\":")
                        .replaceFirst("]}$", "]") + ",\"total\":" + counts + ",\"has_more\":false}";
    }

    private static String text(CachedAnswer answer) {
        return new String(answer.representation().identity(), StandardCharsets.UTF_8);
    }

    private static byte[] gzipped(byte[] plain) throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(coded)) {
            gzip.write(plain);
        }
        return coded.toByteArray();
    }
}
