package dev.signalbox.models;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who has the catalogue, and how it is asked for it. */
sealed interface CatalogueOrigin {

    /** The origin behind {@code ORIGIN_URL} if there is one, else the list under {@code MODELS_URL}. */
    static CatalogueOrigin of(Optional<URI> origin, URI list) {
        return origin.<CatalogueOrigin>map(GatewayOrigin::new).orElseGet(() -> new PublicList(list));
    }

    /** The catalogue in which the models of a gateway are found. */
    String catalogueOf(String gateway);

    /** The question to a catalogue, as far as choosing the catalogue has not answered it. */
    ModelsQuery within(ModelsQuery query);

    /** Where a page is. */
    URI page(String catalogue, int offset, int limit);

    /** How many models the origin is asked for at an offset. */
    int limitAt(int offset, int pageSize);

    /** What an answer calls its source. */
    String source();

    /** Seed 1's back end, under {@code ORIGIN_URL}: a catalogue for each gateway, in pages. */
    record GatewayOrigin(URI base) implements CatalogueOrigin {

        @Override
        public String catalogueOf(String gateway) {
            return gateway;
        }

        @Override
        public ModelsQuery within(ModelsQuery query) {
            return query.throughAnyGateway();
        }

        @Override
        public URI page(String catalogue, int offset, int limit) {
            String path = base.toString().replaceFirst("/+$", "") + "/v1/models";
            return URI.create(path + "?gateway=" + catalogue + "&limit=" + limit + "&offset=" + offset);
        }

        @Override
        public int limitAt(int offset, int pageSize) {
            return pageSize;
        }

        @Override
        public String source() {
            return "gateway";
        }
    }

    /**
     * A list in OpenAI's shape, under {@code MODELS_URL}: one catalogue, in one piece unless it says that there is more. Whoever
     * serves it is the gateway to all of it, also where its models name none.
     */
    record PublicList(URI url) implements CatalogueOrigin {

        @Override
        public String catalogueOf(String gateway) {
            return ModelsQuery.ALL;
        }

        @Override
        public ModelsQuery within(ModelsQuery query) {
            return isServedBy(query.gateway()) ? query.throughAnyGateway() : query;
        }

        /** By {@code openrouter} that of {@code https://openrouter.ai}. */
        private boolean isServedBy(String gateway) {
            List<String> labels = List.of(url.getHost().toLowerCase(Locale.ROOT).split("\\."));
            return labels.subList(0, labels.size() - 1).contains(gateway);
        }

        @Override
        public URI page(String catalogue, int offset, int limit) {
            if (offset == 0) {
                // As it was configured: a list that knows no pages may refuse parameters it does not know.
                return url;
            }
            String separator = url.getRawQuery() == null ? "?" : "&";
            return URI.create(url + separator + "limit=" + limit + "&offset=" + offset);
        }

        @Override
        public int limitAt(int offset, int pageSize) {
            return offset == 0 ? Integer.MAX_VALUE : pageSize;
        }

        @Override
        public String source() {
            return "list";
        }
    }
}
