/**
 * What is to be read in a page. The pages in {@code src/test/resources/articles} were written for these tests, none is from the
 * web.
 */
@NullMarked
package dev.signalbox.articles.text;

import org.jspecify.annotations.NullMarked;
