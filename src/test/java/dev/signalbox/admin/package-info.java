/** What an operator may do, over HTTP and decision by decision. */
@NullMarked
package dev.signalbox.admin;

import org.jspecify.annotations.NullMarked;
