package dev.signalbox.http;

import jakarta.inject.Singleton;

/** The keys of clients, as configured. */
@Singleton
final class ClientKeys {

    private final ApiKeys keys;

    ClientKeys(HttpConfig config) {
        this.keys = ApiKeys.parse(config.apiKeys());
    }

    ApiKeys keys() {
        return keys;
    }
}
