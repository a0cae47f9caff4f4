/**
 * Reads the article out of a page: what a reader came for, without everything that stands around it. Starts nothing, waits for
 * nothing, knows no network. Start at {@link dev.signalbox.articles.text.ArticleExtractor}.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.articles.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
