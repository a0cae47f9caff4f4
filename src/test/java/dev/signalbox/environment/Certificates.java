package dev.signalbox.environment;

/** A certificate made for these tests with {@code openssl req -x509 -newkey ec}; its key was thrown away. */
final class Certificates {

    static final String CA = """
            -----BEGIN CERTIFICATE-----
            MIIBkDCCATWgAwIBAgIUGUwACf/rpB7ghT6lCfO0pn8k/VEwCgYIKoZIzj0EAwIw
            HDEaMBgGA1UEAwwRU2lnbmFsYm94IHRlc3QgQ0EwIBcNMjYxMTIyMDIzNzA3WhgP
            MjEyNjEwMjkwMjM3MDdaMBwxGjAYBgNVBAMMEVNpZ25hbGJveCB0ZXN0IENBMFkw
            EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8E92+K84JD1fPpWsCNUKir8D7k/JNHig
            Bp+Wu/+CKzPxhoaeIKIoNqS0N4uBxfQLHv8JC9ysbygXhyICoL4MPaNTMFEwHQYD
            VR0OBBYEFL6vZlM3gfkJ3KZz6s5+e0VkSKgfMB8GA1UdIwQYMBaAFL6vZlM3gfkJ
            3KZz6s5+e0VkSKgfMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIh
            ANcdFygO3mlZxXLDlIjA6pIsZ1VLMTkkwKTVlaosI3T6AiEA3TZbfy6SG0wS2stI
            2XkjqIhcwebmwyfyJSoEq4isF+o=
            -----END CERTIFICATE-----
            """;

    private Certificates() {}
}
