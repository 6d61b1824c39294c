/** Infers needs: one finder for each kind of evidence. */
@NullMarked
package io.github.readonlyrootfs.need.finder;

import org.jspecify.annotations.NullMarked;
