package dev.signalbox.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** The path of a file of certificates. Read at start only to find out early that it cannot be. */
final class PemFile {

    private PemFile() {}

    static Format format() {
        return Format.of("the path of a readable PEM file of CA certificates", PemFile::checked);
    }

    private static String checked(String text) {
        try (InputStream file = Files.newInputStream(Path.of(text))) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(file)
                    .isEmpty()) {
                throw new IllegalArgumentException("the file holds no certificate");
            }
            return text;
        } catch (InvalidPathException | IOException unreadable) {
            throw new IllegalArgumentException("the file cannot be read", unreadable);
        } catch (CertificateException notCertificates) {
            throw new IllegalArgumentException("the file does not hold certificates", notCertificates);
        }
    }
}
