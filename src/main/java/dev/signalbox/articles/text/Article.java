package dev.signalbox.articles.text;

import java.util.Optional;

/**
 * What a reader of a page came for.
 *
 * @param title without the name of the site; empty if the page gives none
 * @param text not blank. One blank line between paragraphs; headings, list items and rows of tables are lines of their own,
 *     code keeps its lines; elsewhere white space is one space. Items start with {@code - } or their number, cells of a row
 *     are separated by {@code  | }. Captions of pictures are not part of it.
 */
public record Article(Optional<String> title, String text) {}
