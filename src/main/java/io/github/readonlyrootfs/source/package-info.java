// SPDX-License-Identifier: Apache-2.0
/** Text files, places in them, and absolute paths inside a container. Depends on nothing else here. */
@NullMarked
package io.github.readonlyrootfs.source;

import org.jspecify.annotations.NullMarked;
