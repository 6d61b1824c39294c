/** Rules about a container on a platform. */
@NullMarked
package io.github.readonlyrootfs.rule.container;

import org.jspecify.annotations.NullMarked;
