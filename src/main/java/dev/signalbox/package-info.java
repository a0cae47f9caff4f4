/**
 * The map of the service. A request travels down, an answer travels up, and no package knows one above it.
 *
 * <pre>
 * operations   admin       what an operator may do: inspect, invalidate, read the figures
 *              health      translates internal state into live, ready, started and /health
 * features     models      the catalogue that is expensive to fetch and cheap to keep, and its ranking
 *              threads     turns a text or an article into posts, cached and charged
 *              premium     who has paid, and what the free tier has left
 *              subscribers e-mail addresses, each once
 *              usage       how much was used, by whom, up to a second ago
 * mechanisms   cache       answers "have we got it?" without saying where it lives
 *              ratelimit   answers "may this caller do this now?" with and without Redis
 *              records     keeps what must not be lost, wherever it can rest
 *              articles    reads pages for people who may not be trusted
 * link         redis       the only place that knows a Redis client
 * edges        http        the vocabulary of the edge: who is calling, what an error looks like
 *              origin      HTTP clients out
 * ground       environment the names and refusals of environment variables
 *              disk        the journal and the store under JOURNAL_DIR
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
