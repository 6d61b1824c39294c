/** What a build leaves behind: an image's configuration and the owners and modes of its directories. */
@NullMarked
package io.github.readonlyrootfs.image;

import org.jspecify.annotations.NullMarked;
