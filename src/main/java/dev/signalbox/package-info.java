/**
 * The map of the service. A request travels down, an answer travels up, and no package knows one above it.
 *
 * <pre>
 * features     models      the catalogue that is expensive to fetch and cheap to keep
 *              threads     turns a text into posts, cached
 * operations   health      translates internal state into live, ready, started and /health
 * mechanisms   cache       answers "have we got it?" without saying where it lives
 * foundations  http        the vocabulary of the edge: who is calling, what an error looks like
 *              redis       the only place that knows a Redis client
 *              origin      HTTP clients out
 *              environment the names and refusals of environment variables
 * </pre>
 *
 * <p>Any behaviour is three hops from its URL: {@code XResource} (parse, status) to {@code XService} (decisions) to a
 * mechanism. Each mechanism is one small interface with interchangeable engines. {@code ArchitectureTest} holds the
 * arrows.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
