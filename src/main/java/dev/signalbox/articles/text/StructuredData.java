package dev.signalbox.articles.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * What a page says of its article in JSON-LD (schema.org/Article). What is not JSON is passed over.
 *
 * @param headline as it stands there
 * @param body all of the text, or what the publisher gives of it; may be markup
 * @param publisher name of the site
 * @param isSold whether the article, or a part of it, is not free to read
 * @param soldParts classes and ids of the elements that are not free, as selectors of one name each ({@code .name},
 *     {@code #name}); others are not understood
 */
record StructuredData(
        Optional<String> headline,
        Optional<String> body,
        Optional<String> publisher,
        boolean isSold,
        Set<String> soldParts) {

    /** Malformed in the ways that content management systems are known for. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final StructuredData NONE =
            new StructuredData(Optional.empty(), Optional.empty(), Optional.empty(), false, Set.of());

    static StructuredData of(Document document) {
        for (Element script : document.getElementsByTag("script")) {
            if (script.attr("type").toLowerCase(Locale.ROOT).contains("ld+json")) {
                Optional<StructuredData> data = read(script.data()).flatMap(StructuredData::article);
                if (data.isPresent()) {
                    return data.get();
                }
            }
        }
        return NONE;
    }

    private static Optional<JsonNode> read(String script) {
        int start = firstOf(script, '{', '[');
        int end = Math.max(script.lastIndexOf('}'), script.lastIndexOf(']'));
        if (start < 0 || end < start) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(script.substring(start, end + 1)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static int firstOf(String text, char one, char other) {
        int first = text.indexOf(one);
        int second = text.indexOf(other);
        return first < 0 || second < 0 ? Math.max(first, second) : Math.min(first, second);
    }

    /** The outermost article, wherever it stands: in a list, in a {@code @graph}, as what a page is about. */
    private static Optional<StructuredData> article(JsonNode root) {
        Deque<JsonNode> nodes = new ArrayDeque<>();
        nodes.add(root);
        while (!nodes.isEmpty()) {
            JsonNode node = nodes.remove();
            if (isArticle(node)) {
                return Optional.of(of(node));
            }
            node.forEach(nodes::add);
        }
        return Optional.empty();
    }

    private static boolean isArticle(JsonNode node) {
        JsonNode type = node.path("@type");
        boolean isArticle = isArticle(type.asText());
        for (JsonNode one : type) {
            isArticle |= isArticle(one.asText());
        }
        return isArticle && (node.has("headline") || node.has("articleBody") || node.has("isAccessibleForFree"));
    }

    private static boolean isArticle(String type) {
        return type.endsWith("Article")
                || type.endsWith("Report")
                || (type.endsWith("Posting") && !type.equals("JobPosting"));
    }

    private static StructuredData of(JsonNode article) {
        boolean isSold = isSold(article);
        Set<String> parts = new HashSet<>();
        JsonNode hasPart = article.path("hasPart");
        for (JsonNode part :
                hasPart.isArray() ? hasPart : JSON.createArrayNode().add(hasPart)) {
            if (isSold(part)) {
                isSold = true;
                addSelectors(part.path("cssSelector"), parts);
            }
        }
        return new StructuredData(
                text(article.path("headline")),
                text(article.path("articleBody")),
                text(article.path("publisher").path("name")),
                isSold,
                Set.copyOf(parts));
    }

    private static boolean isSold(JsonNode node) {
        String value = node.path("isAccessibleForFree").asText().toLowerCase(Locale.ROOT);
        return value.equals("false") || value.endsWith("schema.org/false");
    }

    private static void addSelectors(JsonNode selector, Set<String> parts) {
        for (JsonNode one :
                selector.isArray() ? selector : JSON.createArrayNode().add(selector)) {
            for (String part : one.asText().split(",", -1)) {
                if (part.strip().matches("[.#][\\w-]{1,100}")) {
                    parts.add(part.strip());
                }
            }
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(Parser.unescapeEntities(node.asText(), false).strip())
                .filter(text -> !text.isEmpty());
    }

    /** Whether the publisher says that this element is for those who pay. */
    boolean isSold(Element element) {
        return !soldParts.isEmpty()
                && (soldParts.contains("#" + element.id())
                        || element.classNames().stream().anyMatch(name -> soldParts.contains("." + name)));
    }
}
