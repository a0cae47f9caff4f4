package dev.signalbox.models;

import java.util.List;

/**
 * A model as a question can find it, and as it will be sent.
 *
 * @param id as the origin writes it
 * @param provider who offers it, in lower case
 * @param gateways through which it is offered, in lower case; often none is named
 * @param family what it is a variant of, in lower case
 * @param searchText everything that a search looks at, in lower case
 * @param json as the origin wrote it
 */
record CatalogueModel(
        String id, String provider, List<String> gateways, String family, String searchText, JsonSlice json) {

    boolean isOffered(String gateway) {
        return gateways.contains(gateway) || provider.equals(gateway);
    }
}
