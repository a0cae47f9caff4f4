package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.ratelimit.Limit.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitCheckTest {

    private static final KeyHolder ANN = new KeyHolder("ann");

    @Test
    void whatIsLeftOutIsOneUnitOfARateToBeTaken() throws Exception {
        LimitCheck check = one("{'key':'user 1','limit':100,'window_seconds':3600}");

        Limit limit = Limit.of("check-rate-3600", 100, new Kind.Rate(Duration.ofHours(1)));
        assertThat(check)
                .isEqualTo(new LimitCheck("user 1", Claim.of(ANN.subject("user 1"), List.of(Demand.of(limit)))));
    }

    @Test
    void nullIsLeftOut() throws Exception {
        assertThat(one("{'key':'a','limit':1,'window_seconds':1,'cost':null,'kind':null,'mode':null,'id':null}"))
                .isEqualTo(one("{'key':'a','limit':1,'window_seconds':1}"));
    }

    @Test
    void everyFieldCanBeGiven() throws Exception {
        LimitCheck check = one("{'key':'a','limit':9,'window_seconds':86400,'cost':3,'kind':'window',"
                + "'mode':'refund','id':'0123456789abcdef-1795338000123456'}");

        assertThat(check.claim().demands())
                .containsExactly(new Demand(Limit.of("check-day", 9, new Kind.Window(CalendarPeriod.DAY)), 3));
        assertThat(check.claim().purpose())
                .isEqualTo(new Claim.Purpose.Return(new Receipt("0123456789abcdef", 1_795_338_000_123_456L)));
    }

    @Test
    void whoChangesTheAmountGoesOnCountingAndWhoChangesTheWindowBeginsAnew() throws Exception {
        assertThat(nameOf("{'key':'a','limit':9,'window_seconds':60}"))
                .isEqualTo(nameOf("{'key':'a','limit':8,'window_seconds':60}"))
                .isNotEqualTo(nameOf("{'key':'a','limit':9,'window_seconds':61}"));
    }

    @ParameterizedTest
    @ValueSource(longs = {2_419_200, 2_505_600, 2_592_000, 2_678_400})
    void aMonthIsAsLongAsAnyMonth(long seconds) throws Exception {
        assertThat(nameOf("{'key':'a','limit':9,'kind':'window','window_seconds':" + seconds + "}"))
                .isEqualTo("check-month");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'key':''                                  | [0].key
            'key':7                                   | [0].key
            'key':null                                | [0].key
            'key':'a\\u0000b'                         | [0].key
            'key':'\\ud800'                           | [0].key
            'limit':0                                 | [0].limit
            'limit':-1                                | [0].limit
            'limit':1.5                               | [0].limit
            'limit':1.0                               | [0].limit
            'limit':1e2                               | [0].limit
            'limit':'7'                               | [0].limit
            'limit':true                              | [0].limit
            'limit':[1]                               | [0].limit
            'limit':null                              | [0].limit
            'limit':1000000001                        | [0].limit
            'limit':9223372036854775808               | [0].limit
            'limit':99999999999999999999999999999999  | [0].limit
            'cost':0                                  | [0].cost
            'cost':-9223372036854775809               | [0].cost
            'cost':'1'                                | [0].cost
            'window_seconds':0                        | [0].window_seconds
            'window_seconds':31622401                 | [0].window_seconds
            'window_seconds':'60'                     | [0].window_seconds
            'kind':'window'                           | [0].window_seconds
            'kind':'concurrency'                      | [0].kind
            'kind':''                                 | [0].kind
            'kind':1                                  | [0].kind
            'mode':'undo'                             | [0].mode
            'mode':{}                                 | [0].mode
            'mode':'refund'                           | [0].id
            'mode':'refund','id':7                    | [0].id
            'mode':'refund','id':'0123456789abcdef'   | [0].id
            'amount':1                                | [0].amount
            'Key':'a'                                 | [0].Key
            """)
    void aFieldThatIsNotValidIsNamed(String field, String named) {
        String name = field.substring(1, field.indexOf('\'', 1));
        String others = List.of("'key':'a'", "'limit':1", "'window_seconds':60").stream()
                .filter(other -> !other.startsWith("'" + name + "'"))
                .collect(Collectors.joining(","));

        assertThat(errors("[{" + others + "," + field + "}]"))
                .extracting(FieldError::field)
                .containsExactly(named);
    }

    @Test
    void allErrorsOfAllChecksAreNamedAtOnce() {
        assertThat(errors("[{'key':'','limit':0,'window_seconds':0,'kind':'no','mode':'no','cost':0,'more':1},"
                        + "{'key':'a','limit':1,'window_seconds':1},5,{}]"))
                .extracting(FieldError::field)
                .containsExactly(
                        "[0].more",
                        "[0].key",
                        "[0].limit",
                        "[0].cost",
                        "[0].window_seconds",
                        "[0].kind",
                        "[0].mode",
                        "[2]",
                        "[3].key",
                        "[3].limit",
                        "[3].window_seconds");
    }

    @Test
    void ofManyErrorsTheFirstAreNamed() {
        String unknown = IntStream.range(0, 5_000)
                .mapToObj(index -> "'f" + index + "':1")
                .collect(Collectors.joining(","));

        assertThat(errors("[{" + unknown + "},{" + unknown + "}]")).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void aRateOfMoreThanOneUnitPerMicrosecondIsNone() {
        assertThat(errors("[{'key':'a','limit':1000001,'window_seconds':1}]"))
                .extracting(FieldError::field)
                .containsExactly("[0].limit");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void aListIsOfOneToAThousand(int size) throws Exception {
        assertThat(LimitCheck.read(json(list(size)), ANN)).hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001})
    void anotherListIsRefused(int size) throws Exception {
        JsonNode body = json(list(size));

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> LimitCheck.read(body, ANN));

        assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST);
        assertThat(problem.getMessage()).contains("1 to 1000");
    }

    @Test
    void twoHoldersNeverMeanTheSame() throws Exception {
        String check = "[{'key':'a','limit':1,'window_seconds':1}]";

        assertThat(LimitCheck.read(json(check), ANN).getFirst().claim().caller())
                .isNotEqualTo(LimitCheck.read(json(check), new KeyHolder("bob"))
                        .getFirst()
                        .claim()
                        .caller())
                .isNotEqualTo(ANN.caller());
    }

    private static String list(int size) {
        return IntStream.range(0, size)
                .mapToObj(index -> "{'key':'a','limit':1,'window_seconds':1}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String nameOf(String check) throws JsonProcessingException {
        return one(check).claim().demands().getFirst().limit().name();
    }

    private static LimitCheck one(String check) throws JsonProcessingException {
        return LimitCheck.read(json("[" + check + "]"), ANN).getFirst();
    }

    private static List<FieldError> errors(String body) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> LimitCheck.read(json(body), ANN));
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_FIELDS);
        return problem.errors();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
