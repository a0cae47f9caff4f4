package dev.signalbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a class starts work that nobody waits for. Only such a class may subscribe to a pipeline, and each of
 * its subscriptions handles failures: there is no caller left to see them.
 *
 * <p>It stands in the root package because every layer needs the word, and a foundation may not see another one.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BackgroundWork {

    /** What goes on, until when, and who learns of its failure. */
    String value();
}
