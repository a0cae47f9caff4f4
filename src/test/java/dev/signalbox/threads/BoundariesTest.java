package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows what is found between characters: ¶ paragraph, § sentence, ↵ line, ¦ clause, | word, ~ tight, + joint. */
class BoundariesTest {

    @ParameterizedTest
    @CsvSource(delimiterString = ">>", textBlock = """
            One two. Three!                    >> One| two.§ Three!¶
            “One?” Two. (Three.) Four          >> “One?”§ Two.§ (Three.)§ Four¶
            “One?” he asked. one.              >> “One?”¦ he| asked.¦ one.¶
            omg! that is it                    >> omg!§ that| is| it¶
            ¿Qué? ¡No! Sí                      >> ¿Qué?§ ¡No!§ Sí¶
            Wait... What… no                   >> Wait...§ What…¦ no¶
            One, two; three: four – five       >> One,¦ two;¦ three:¦ four| –¦ five¶
            Dr. Smith (Prof. Jones) No. 5      >> Dr.~ Smith| (Prof.~ Jones)| No.~ 5¶
            The U.S. Army, e.g. J. Doe         >> The| U.S.~ Army,¦ e.g.~ J.~ Doe¶
            It cost 3.14 in 1999. Then etc. No >> It| cost| 3.14| in| 1999.§ Then| etc.§ No¶
            1. One in 2. Two                   >> 1.~ One| in| 2.§ Two¶
            see https://a.bc/d-e?f=g now       >> see| https://+a.bc/+d-+e?+f=+g| now¶
            well-known                         >> well-+known¶
            هل هذا صحيح؟ نعم، هذا             >> هل| هذا| صحيح؟§ نعم،¦ هذا¶
            यह वाक्य है। दूसरा                 >> यह| वाक्य| है।§ दूसरा¶
            Done! 🚀🚀 Next. 🎉 end              >> Done!| 🚀|🚀§ Next.| 🎉§ end¶
            ok👍 fine                          >> ok👍| fine¶
            """)
    void scriptsWithSpaces(String text, String found) {
        assertThat(shown(text)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ">>", textBlock = """
            猫である。名前、無い！？       >> 猫|で|あ|る。§名|前、¦無|い！？¶
            「そうか。」と言った           >> 「そ|う|か。」§と|言っ|た¶
            （注）一々、カード。）終       >> （注）|一々、¦カー|ド。）§終¶
            iOS版は15です                >> iOS|版|は|15|で|す¶
            한국어 문장                  >> 한국어| 문장¶
            𠮷野家👍良い                >> 𠮷|野|家👍|良|い¶
            """)
    void scriptsWithoutSpaces(String text, String found) {
        assertThat(shown(text)).isEqualTo(found);
    }

    @Test
    void linesAndParagraphs() {
        assertThat(shown("a\nbb.\nC\r\nd\n\ne \r\n\t\r\n f\u2029g\u2028h\n"))
                .isEqualTo("a↵\nbb.§\nC↵\r\nd¶\n\ne¶ \r\n\t\r\n f¶\u2029g↵\u2028h¶\n");
    }

    @Test
    void emojiThatBeginALineDoNotBelongToTheSentenceBefore() {
        assertThat(shown("Done.\n🚀 Fast\n2. Small")).isEqualTo("Done.§\n🚀| Fast↵\n2.~ Small¶");
    }

    @Test
    void aZeroWidthSpaceIsASpace() {
        assertThat(shown("ภาษา\u200Bไทย")).isEqualTo("ภาษา\u200B|ไทย¶");
    }

    @Test
    void aSpaceUnderAMarkIsACharacter() {
        assertThat(shown("a \u0308b")).isEqualTo("a \u0308b¶");
    }

    @Test
    void aNoBreakSpaceIsNoPlaceToEnd() {
        assertThat(shown("5\u00A0km")).isEqualTo("5\u00A0km¶");
    }

    private static String shown(String text) {
        Boundaries boundaries = Boundaries.of(text);
        StringBuilder shown = new StringBuilder();
        for (int offset = 0; offset <= text.length(); offset++) {
            shown.append(sign(boundaries, offset));
            shown.append(offset < text.length() ? String.valueOf(text.charAt(offset)) : "");
        }
        return shown.toString();
    }

    private static String sign(Boundaries boundaries, int offset) {
        for (Sign sign : Sign.values()) {
            if (boundaries.isAtLeast(sign.boundary, offset)) {
                return sign.text;
            }
        }
        return "";
    }

    private enum Sign {
        PARAGRAPH(Boundary.PARAGRAPH, "¶"),
        SENTENCE(Boundary.SENTENCE, "§"),
        LINE(Boundary.LINE, "↵"),
        CLAUSE(Boundary.CLAUSE, "¦"),
        WORD(Boundary.WORD, "|"),
        TIGHT(Boundary.TIGHT, "~"),
        JOINT(Boundary.JOINT, "+");

        private final Boundary boundary;
        private final String text;

        Sign(Boundary boundary, String text) {
            this.boundary = boundary;
            this.text = text;
        }
    }
}
