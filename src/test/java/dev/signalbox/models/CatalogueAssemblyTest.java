package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueAssemblyTest {

    private static final int LIMIT = 3;

    private final CatalogueAssembly assembly = new CatalogueAssembly(4);

    @Test
    void listThatSaysNothingAboutPagesIsWhole() throws Exception {
        assertThat(add(0, models(0, 2), "")).isEmpty();
        assertThat(assembly.models()).hasSize(2);
        assertThat(assembly.bytes()).isEqualTo(2L * "{\"id\":\"m0\"}".length());
    }

    @Test
    void pagesFollowEachOtherUntilNoneIsAnnounced() throws Exception {
        assertThat(add(0, models(0, 3), ",\"has_more\":true,\"next_offset\":3,\"total\":5"))
                .hasValue(3);
        assertThat(add(3, models(3, 2), ",\"has_more\":false,\"next_offset\":null,\"total\":5"))
                .isEmpty();
        assertThat(assembly.models()).extracting(CatalogueModel::id).containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void totalAloneTellsWhetherThereIsMore() throws Exception {
        assertThat(add(0, models(0, 2), ",\"total\":3")).hasValue(2);
        assertThat(add(2, models(2, 1), ",\"total\":3")).isEmpty();
    }

    @Test
    void fullPageOfAnOriginThatSaysNothingIsNotTakenForTheLast() throws Exception {
        assertThat(add(0, models(0, 3), "")).hasValue(3);
        assertThat(add(3, "", "")).isEmpty();
        assertThat(assembly.models()).hasSize(3);
    }

    @Test
    void originThatSendsEverythingAtOnceIsNotAskedAgain() throws Exception {
        assertThat(add(0, models(0, 5), ",\"total\":5")).isEmpty();
    }

    @Test
    void emptyCatalogueIsAFault() {
        assertThat(fault(0, "", "")).hasMessage("sent an empty catalogue");
    }

    @Test
    void lastPageBeforeTheTotalIsAFault() throws Exception {
        assertThat(add(0, models(0, 3), ",\"has_more\":true,\"total\":9")).hasValue(3);

        assertThat(fault(3, models(3, 3), ",\"has_more\":false,\"total\":9")).hasMessage("sent 6 of 9 models");
    }

    @Test
    void moreThanTheTotalIsAFault() {
        assertThat(fault(0, models(0, 3), ",\"has_more\":false,\"total\":2")).hasMessage("sent 3 of 2 models");
    }

    @Test
    void pageShorterThanItClaimsIsAFault() {
        assertThat(fault(0, models(0, 2), ",\"returned\":3")).hasMessage("sent 2 models and says that these are 3");
    }

    @Test
    void totalThatChangesBetweenPagesIsAFault() throws Exception {
        assertThat(add(0, models(0, 3), ",\"has_more\":true,\"total\":6")).hasValue(3);

        assertThat(fault(3, models(3, 3), ",\"has_more\":false,\"total\":7"))
                .hasMessage("changed its catalogue while it was being read");
    }

    @Test
    void originThatIgnoresTheOffsetIsAFault() throws Exception {
        assertThat(add(0, models(0, 3), ",\"has_more\":true,\"total\":6")).hasValue(3);

        assertThat(fault(3, models(0, 3), ",\"has_more\":false,\"total\":6")).hasMessageContaining("on two pages");
    }

    @Test
    void listThatMovedBetweenTwoPagesIsAFault() throws Exception {
        assertThat(add(0, models(0, 3), ",\"has_more\":true,\"total\":6")).hasValue(3);

        assertThat(fault(3, models(2, 3), ",\"has_more\":true,\"total\":6")).hasMessageContaining("on two pages");
    }

    @Test
    void pageThatLeadsNowhereIsAFault() {
        assertThat(fault(0, models(0, 3), ",\"has_more\":true,\"next_offset\":0"))
                .hasMessageContaining("leads nowhere");
        assertThat(fault(0, "", ",\"has_more\":true")).hasMessageContaining("leads nowhere");
    }

    @Test
    void pagesWithoutEndAreAFault() throws Exception {
        for (int page = 0; page < 3; page++) {
            assertThat(add(page * 3, models(page * 3, 3), ",\"has_more\":true")).hasValue(page * 3 + 3);
        }

        assertThat(fault(9, models(9, 3), ",\"has_more\":true"))
                .hasMessageContaining("more than 4 pages")
                .hasMessageContaining("signalbox.models.max-pages");
    }

    private OptionalInt add(int offset, String models, String more) throws CatalogueFault {
        byte[] body = ("{\"data\":[" + models + "]" + more + "}").getBytes(StandardCharsets.UTF_8);
        return assembly.add(CatalogueParser.parse(body), offset, LIMIT);
    }

    private CatalogueFault fault(int offset, String models, String more) {
        return catchThrowableOfType(CatalogueFault.class, () -> add(offset, models, more));
    }

    private static String models(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> "{\"id\":\"m" + number + "\"}")
                .collect(Collectors.joining(","));
    }
}
