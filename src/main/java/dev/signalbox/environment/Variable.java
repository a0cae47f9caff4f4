package dev.signalbox.environment;

/**
 * The environment variables that the service understands, each with the property it stands for. The only place where
 * their names are written; {@code docs/configuration.md} is held to it by a test.
 */
enum Variable {
    REDIS_URL("signalbox.redis.url", Format.redisUrl()),
    REDIS_PRIVATE_URL("signalbox.redis.private-url", Format.redisUrl()),
    REDIS_HOST("signalbox.redis.host", Format.host()),
    REDIS_PORT("signalbox.redis.port", Format.number(1, 65_535)),
    REDIS_USERNAME("signalbox.redis.username", Format.text()),
    REDIS_PASSWORD("signalbox.redis.password", Format.secret()),
    REDIS_DB("signalbox.redis.db", Format.number(0, 999_999)),
    REDISHOST("signalbox.redis.railway.host", Format.host()),
    REDISPORT("signalbox.redis.railway.port", Format.number(1, 65_535)),
    REDISUSER("signalbox.redis.railway.user", Format.text()),
    REDISPASSWORD("signalbox.redis.railway.password", Format.secret()),
    REDIS_PUBLIC_URL("signalbox.redis.public-url", Format.redisUrl()),
    REDIS_MODE("signalbox.redis.mode", Format.redisMode()),
    REDIS_TLS_CA("signalbox.redis.tls.ca", PemFile.format()),
    REDIS_TLS_VERIFY("signalbox.redis.tls.verify", Format.flag("true", "false")),
    REDIS_DEADLINE_MS("signalbox.redis.deadline", Format.millis(1, 60_000)),
    REDIS_CONNECT_TIMEOUT_MS("signalbox.redis.connect-timeout", Format.millis(1, 60_000)),
    REDIS_KEY_PREFIX("signalbox.redis.key-prefix", Format.keyPrefix()),

    CACHE_TTL_HOURS("signalbox.cache.categories.threads.ttl", Format.hours()),

    RATE_LIMIT_REQUESTS("signalbox.limits.requests.amount", Format.number(1, 1_000_000_000)),
    RATE_LIMIT_WINDOW_HOURS("signalbox.limits.requests.window", Format.hours()),
    RATE_LIMIT_ON_OUTAGE("signalbox.limits.requests.on-outage", Format.onOutage()),

    FREE_TIER_ENABLED("signalbox.premium.free-tier.enabled", Format.flag("true", "false")),
    FREE_TIER_DAILY_LIMIT("signalbox.premium.free-tier.daily-limit", Format.number(0, 1_000_000_000)),
    FREE_TIER_MONTHLY_LIMIT("signalbox.premium.free-tier.monthly-limit", Format.number(0, 1_000_000_000)),
    PREMIUM_PRICE_USD("signalbox.premium.price-usd", Format.dollars()),

    API_KEYS("signalbox.http.api-keys", ApiKeys.format()),
    ADMIN_API_KEYS("signalbox.http.admin-api-keys", ApiKeys.format()),
    CORS_ORIGINS("signalbox.http.cors-origins", WebAddress.origins()),
    TRUSTED_PROXY_HOPS("signalbox.http.trusted-proxy-hops", Format.number(0, 100)),
    PORT("quarkus.http.port", Format.number(0, 65_535)),

    ORIGIN_URL("signalbox.origin.url", WebAddress.base()),
    MODELS_URL("signalbox.models.url", WebAddress.page()),
    OPENAI_API_KEY("signalbox.openai.api-key", Format.secret()),
    OPENAI_BASE_URL("signalbox.openai.base-url", WebAddress.base()),
    OPENAI_MODEL("signalbox.openai.model", Format.text()),
    MAX_TWEET_LENGTH("signalbox.threads.max-tweet-length", Format.number(40, 100_000)),
    MAX_CONTENT_LENGTH("signalbox.threads.max-content-length", Format.number(1, 10_000_000)),

    ALLOWED_DOMAINS("signalbox.articles.allowed-domains", WebAddress.hosts()),

    JOURNAL_DIR("signalbox.disk.directory", Format.directory()),

    DEBUG("quarkus.log.category.\"dev.signalbox\".level", Format.flag("DEBUG", "INFO")),
    ENVIRONMENT("signalbox.environment.name", Format.environmentName());

    private final String property;

    @SuppressWarnings("ImmutableEnumChecker") // its functions have no state
    private final Format format;

    Variable(String property, Format format) {
        this.property = property;
        this.format = format;
    }

    /** The property that a value of this variable becomes. */
    String property() {
        return property;
    }

    /** What a value may be, how it is read and how it may be shown. */
    Format format() {
        return format;
    }
}
