/** What rules find. */
@NullMarked
package io.github.readonlyrootfs.finding;

import org.jspecify.annotations.NullMarked;
