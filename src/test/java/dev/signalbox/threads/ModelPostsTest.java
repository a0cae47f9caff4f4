package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPostsTest {

    private static final int SHORT = 1_000;

    @Test
    void onePostPerLine() {
        assertThat(read("Redis froze.\n\nNobody noticed. 🎉\r\nThat is all.\n"))
                .contains(List.of("Redis froze.", "Nobody noticed. 🎉", "That is all."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/1 Redis froze. | Redis froze.",
                "(1/1) Redis froze. | Redis froze.",
                "1/ Redis froze. | Redis froze.",
                "1. Redis froze. | Redis froze.",
                "1) Redis froze. | Redis froze.",
                "Tweet 1: Redis froze. | Redis froze.",
                "Post 1/1: Redis froze. | Redis froze.",
                "- Redis froze. | Redis froze.",
                "• Redis froze. | Redis froze.",
                "1. \"Redis froze.\" | Redis froze.",
                "“Redis froze.” | Redis froze.",
                "2026 was the year. | 2026 was the year.",
                "3 replicas are enough. | 3 replicas are enough.",
                "3.5 times as fast. | 3.5 times as fast.",
                "1/3 of all caches fail. | 1/3 of all caches fail.",
                "\"A\" is not \"B\" | \"A\" is not \"B\"",
                "-1 is no limit. | -1 is no limit.",
                "吾輩は猫である。 | 吾輩は猫である。",
                "**1/1** Redis froze. | Redis froze.",
                "1️⃣ Redis froze. | Redis froze.",
                "**Tweet 1:** Redis froze. | Redis froze.",
                "### 1. Redis froze. | Redis froze.",
                "Post 1/1 - Redis froze. | Redis froze.",
                "[1/1] Redis froze. | Redis froze.",
                "🔟 Redis froze. | 🔟 Redis froze.",
                "Post 1 was the best. | Post 1 was the best.",
                "1 - 2 is negative. | 1 - 2 is negative.",
                "#1 of all caches | #1 of all caches"
            })
    void numbersBulletsAndQuotesComeOff(String line, String post) {
        assertThat(read(line)).contains(List.of(post));
    }

    @Test
    void numbersComeOffWhereAllHaveOneInOrder() {
        assertThat(read("1/n One.\n2/n Two.\n3/n Three.")).contains(List.of("One.", "Two.", "Three."));
        assertThat(read("1. One.\n2. Two.")).contains(List.of("One.", "Two."));
        assertThat(read("1/3 of all fail.\n2/3 do not."))
                .as("cannot be told from numbers")
                .contains(List.of("of all fail.", "do not."));
        assertThat(read("1/3 of all fail.\nThe rest does not."))
                .contains(List.of("1/3 of all fail.", "The rest does not."));
        assertThat(read("Two things:\n1. One.\n2. Two.")).contains(List.of("Two things:", "1. One.", "2. Two."));
    }

    @Test
    void fencesAndRulesAreNoPosts() {
        assertThat(read("```text\nOne.\n---\nTwo.\n```")).contains(List.of("One.", "Two."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t",
                "---\n***",
                "<!DOCTYPE html><p>x",
                "<html><body>no",
                "{\"error\":\"no\"}",
                "\u0000\u0001"
            })
    void whatIsNoThread(String content) {
        assertThat(read(content)).isEmpty();
    }

    @Test
    void endlessTalkIsNoThread() {
        assertThat(read("A post.\n".repeat(201))).isEmpty();
        assertThat(read("A post.\n".repeat(200))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It is **very** cold. | It is very cold.",
                "**All of it.** | All of it.",
                "It is ***so*** *cold*. | It is so cold.",
                "**a *b* c** | a b c",
                "これは**重要**です。 | これは重要です。",
                "**중요**합니다 | 중요합니다",
                "2 * 3 is 6, 2*3*4 is 24. | 2 * 3 is 6, 2*3*4 is 24.",
                "2**3 and 4**5 | 2**3 and 4**5",
                "f(*args, **kwargs) | f(*args, **kwargs)",
                "See src/**/test/** now. | See src/**/test/** now.",
                "Not * included | Not * included",
                "**open | **open"
            })
    void asterisksComeOffInPairsAroundWords(String line, String post) {
        assertThat(read(line)).contains(List.of(post));
    }

    @Test
    void boxedNumbersAreNumbers() {
        assertThat(read("1️⃣ One.\n2️⃣ Two.")).contains(List.of("One.", "Two."));
        assertThat(read("1️⃣\nOne.\n\n2️⃣\nTwo.")).contains(List.of("One.", "Two."));
        String nine = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> i + "\uFE0F\u20E3 No " + i + "\n")
                .collect(Collectors.joining());
        assertThat(read(nine + "🔟 Ten.\n1️⃣1️⃣ Eleven.").orElseThrow())
                .hasSize(11)
                .startsWith("No 1")
                .endsWith("Ten.", "Eleven.");
    }

    @Test
    void aNumberAloneBelongsToTheNextLine() {
        assertThat(read("1/3\nOne.\n\n2/3\nTwo.\n\n3/3\nThree.")).contains(List.of("One.", "Two.", "Three."));
        assertThat(read("**Tweet 1:**\nOne.\n**Tweet 2:**\nTwo.")).contains(List.of("One.", "Two."));
        assertThat(read("1\nOne.\nMore.\n2\nTwo.")).contains(List.of("One.", "More.", "Two."));
        assertThat(read("1/2\nOne.\n\n2/2\nTwo.\n\nHope you like it!")).contains(List.of("One.", "Two."));
        assertThat(read("1/1\nOne.")).contains(List.of("One."));
        assertThat(read("How many?\n1\nThat is all.")).contains(List.of("How many?", "1", "That is all."));
        assertThat(read("3\nThree.\n2\nTwo.")).contains(List.of("3", "Three.", "2", "Two."));
        assertThat(read("1\n2\nGo!")).contains(List.of("1", "2", "Go!"));
    }

    @Test
    void whatIsSaidAboutTheThreadIsNoPost() {
        List<String> posts = List.of("One.", "Two.");

        assertThat(read("Here is your thread:\n1/2 One.\n2/2 Two.")).contains(posts);
        assertThat(read("Here’s a short thread for you:\n\nOne.\nTwo.")).contains(posts);
        assertThat(read("Sure! Here's the **thread** you asked for:\nOne.\nTwo."))
                .contains(posts);
        assertThat(read("Sure!\n\nHere are the posts:\n1. One.\n2. Two.")).contains(posts);
        assertThat(read("The story in short:\n1/2\nOne.\n2/2\nTwo.")).contains(posts);
        assertThat(read("In short:\n1/2 One.\n\n2/2 Two.\n\nLet me know!")).contains(posts);
        assertThat(read("1. One.\n2. Two.\n\nLet me know!")).contains(posts);
        assertThat(read("Here is your thread:")).isEmpty();
    }

    @Test
    void whatIsSaidToTheReaderIsAPost() {
        assertThat(read("1/2 One.\n2/2 Two.\nThree.")).contains(List.of("1/2 One.", "2/2 Two.", "Three."));
        assertThat(read("One.\nTwo.\n\nLet me know!")).contains(List.of("One.", "Two.", "Let me know!"));
        assertThat(read("1. One.\n\nThat is all.")).contains(List.of("1. One.", "That is all."));
        assertThat(read("Here is why:\nOne.")).contains(List.of("Here is why:", "One."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"One.\",\"Two.\"]",
                "{\"posts\":[\"One.\",\"Two.\"]}",
                "{\"title\":\"T\",\"thread\":[{\"content\":\"One.\"},{\"id\":2,\"text\":\"Two.\"}]}",
                "[{\"tweet\":\"1/2 One.\"},{\"post\":\"2/2 **Two.**\"},]",
                "```json\n[\n  \"One.\",\n  \"Two.\"\n]\n```",
                "Here is your thread:\n\n```json\n{\"posts\": [\"One.\", \"Two.\"]}\n```\nLet me know!",
                "<think>[</think>[\"One.\",\"Two.\"]"
            })
    void jsonIsRead(String content) {
        assertThat(read(content)).contains(List.of("One.", "Two."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"One.\", 2]",
                "[\"One.\"",
                "[\"One.\"] and more",
                "{\"posts\":[]}",
                "{\"post\":\"One.\"}",
                "{\"a\":[\"One.\"],\"b\":[\"Two.\"]}",
                "[{\"title\":\"One.\"}]",
                "[{\"text\":\"One.\",\"post\":\"Two.\"}]",
                "[\"\\ufffd\\ufffd\", \"One.\"]",
                "```json\n{\"posts\":\n```"
            })
    void otherJsonIsNoThread(String content) {
        assertThat(read(content)).isEmpty();
    }

    @Test
    void jsonThatIsDeeperThanItsParserGoesIsNoThread() {
        assertThat(read("[\"a\"," + "[".repeat(5_000) + "]".repeat(5_001))).isEmpty();
    }

    @Test
    void bracketsAreNotJson() {
        assertThat(read("[Thread] Redis froze.\nThat is all. [end]"))
                .contains(List.of("[Thread] Redis froze.", "That is all. [end]"));
    }

    @Test
    void thoughtsAreCut() {
        List<String> posts = List.of("One.", "Two.");

        assertThat(read("<think>\nHm.\n</think>\n\nOne.\nTwo.")).contains(posts);
        assertThat(read("<Thinking>Hm.</Thinking>One.\nTwo.")).contains(posts);
        assertThat(read("One.\n<think>Hm.</think>\nTwo.")).contains(posts);
        assertThat(read("Hm. They want posts.\n</think>\n\nOne.\nTwo.")).contains(posts);
        assertThat(read("<think>Hm.\nOne.\nTwo.")).isEmpty();
        assertThat(read("One.\n<think>\nTwo.")).isEmpty();
        assertThat(read("Models write <think> first.\nThen comes </think>"))
                .as("what a thread may be about")
                .contains(List.of("Models write <think> first.", "Then comes </think>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I cannot do that.",
                "I’m sorry, but no.",
                "I can't help with that.",
                "I can’t help with that.",
                "I cannot assist with this.\nPlease ask for something else.",
                "Sorry, I can't assist with that.",
                "As an AI language model, I have no opinion.",
                "**As an AI**, I have none.",
                "\"I'm sorry, but no.\"",
                "```\nI'm sorry, but no.\n```",
                "[\"I'm sorry, but no.\"]"
            })
    void refusalsAreNoThread(String content) {
        assertThat(read(content)).isEmpty();
    }

    @Test
    void aRefusalComesFirst() {
        assertThat(read("Redis froze.\nI'm sorry, but that is all.")).isPresent();
        assertThat(read("I can't help but like it.")).isPresent();
    }

    @Test
    void onePostOfALongTextIsNoThread() {
        assertThat(ModelPosts.read("One.", 1_000)).contains(List.of("One."));
        assertThat(ModelPosts.read("One.", 1_001)).isEmpty();
        assertThat(ModelPosts.read("1/1 One.\n---", 1_001)).isEmpty();
        assertThat(ModelPosts.read("One.\nTwo.", 1_001)).contains(List.of("One.", "Two."));
    }

    @Test
    void garbageIsNoThread() {
        assertThat(read("x".repeat(19) + "\uFFFD")).isPresent();
        assertThat(read("x".repeat(18) + "\uFFFD")).isEmpty();
        assertThat(read("\uD800x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**a",
                "*a*",
                " ",
                "1 ",
                "1️⃣",
                "<think>",
                "</think>",
                "<think></think>",
                "1/1\n",
                "here is a thread "
            })
    @Timeout(20)
    void longNonsenseTakesNoLongerThanItsLength(String bit) {
        assertThat(read("x\n" + bit.repeat(200_000))).isNotNull();
        assertThat(read("1 " + bit.repeat(200_000) + "x")).isNotNull();
        assertThat(read(bit.repeat(200_000) + "x")).isNotNull();
    }

    @Property
    void ofAnyTextPostsAreMadeThatSaySomethingOrNone(@ForAll("answers") String content, @ForAll boolean isLong) {
        ModelPosts.read(content, isLong ? SHORT + 1 : SHORT)
                .ifPresent(posts -> assertThat(posts)
                        .isNotEmpty()
                        .allSatisfy(post -> assertThat(post).isNotBlank().isEqualTo(post.strip())));
    }

    @Provide
    Arbitrary<String> answers() {
        Arbitrary<String> debris = Arbitraries.of(
                "\n",
                "\n\n",
                " ",
                "1/3",
                "2/3",
                "1.",
                "2)",
                "1",
                "/",
                "1️⃣",
                "🔟",
                "*",
                "**",
                "***",
                "### ",
                "- ",
                "Tweet 1:",
                "Post 2/2 - ",
                "Here is your thread:",
                "Sure!",
                "```",
                "```json\n",
                "[\"",
                "\",\"",
                "\"]",
                "{\"posts\":",
                "[",
                "]",
                "}",
                "{\"text\":\"",
                "\\ud800",
                "\\u0000",
                "\\n",
                "<think>",
                "</think>",
                "</thinking>",
                "\uFFFD",
                "“",
                "”",
                "\"",
                ":",
                "word",
                "日",
                "\uD83D",
                "\u20E3",
                "\u00A0");
        Arbitrary<String> mixture = debris.list().ofMaxSize(24).map(bits -> String.join("", bits));
        return Arbitraries.oneOf(mixture, AnyText.anything(), Arbitraries.strings());
    }

    private static Optional<List<String>> read(String content) {
        return ModelPosts.read(content, SHORT);
    }
}
