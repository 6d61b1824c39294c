// SPDX-License-Identifier: Apache-2.0
/** What a shell knows and where it runs: variables, functions, streams, and the {@link Host} whose files it sees. */
@NullMarked
package io.github.readonlyrootfs.shell.state;

import org.jspecify.annotations.NullMarked;
