package dev.signalbox.models;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes answers around models whose bytes are copied as they are. */
final class ModelsJson {

    static final String MEDIA_TYPE = "application/json";

    private static final String TOTAL = ",\"total\":";

    private ModelsJson() {}

    /** The complete answer: every model, as one who asks for nothing in particular gets it. */
    static byte[] whole(List<CatalogueModel> models) {
        return list(models, models.size(), 0, models.size());
    }

    /**
     * A list answer.
     *
     * @param page the models to send
     * @param total how many match, sent or not
     * @param offset how many of those come before the page
     * @param limit how many may be on a page
     */
    static byte[] list(List<CatalogueModel> page, int total, int offset, int limit) {
        String counts = "]" + TOTAL + total + ",\"returned\":" + page.size() + ",\"offset\":" + offset + ",\"limit\":"
                + limit + ",\"has_more\":" + (offset + page.size() < total) + "}";
        return around("{\"object\":\"list\",\"data\":[", page, counts);
    }

    /** The answer about one model. */
    static byte[] detail(CatalogueModel model, List<CatalogueModel> related, String source) {
        byte[] data = around("{\"data\":", List.of(model), ",\"related\":[");
        byte[] rest = around("", related, "],\"source\":\"" + source + "\"}");
        return ByteBuffer.allocate(data.length + rest.length)
                .put(data)
                .put(rest)
                .array();
    }

    /** How many models a {@link #whole} answer holds, without reading it. */
    static int totalOf(byte[] whole) {
        int tail = Math.max(0, whole.length - 128); // all the counts together are shorter
        String counts = new String(whole, tail, whole.length - tail, StandardCharsets.UTF_8);
        int from = counts.lastIndexOf(TOTAL) + TOTAL.length();
        return Integer.parseInt(counts.substring(from, counts.indexOf(',', from)));
    }

    private static byte[] around(String before, List<CatalogueModel> models, String after) {
        byte[] head = before.getBytes(StandardCharsets.UTF_8);
        byte[] foot = after.getBytes(StandardCharsets.UTF_8);
        int commas = Math.max(0, models.size() - 1);
        int length = models.stream().mapToInt(model -> model.json().length()).reduce(0, Math::addExact);
        ByteBuffer out =
                ByteBuffer.allocate(head.length + length + commas + foot.length).put(head);
        for (int i = 0; i < models.size(); i++) {
            if (i > 0) {
                out.put((byte) ',');
            }
            models.get(i).json().appendTo(out);
        }
        return out.put(foot).array();
    }
}
