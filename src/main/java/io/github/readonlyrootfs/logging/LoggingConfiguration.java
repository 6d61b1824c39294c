// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.Optional;

/**
 * A configuration of a logging library's that an application brings along, with what it has written.
 *
 * @param source the file; empty where it cannot be read
 */
public record LoggingConfiguration(LoggingLibrary library, Optional<SourceFile> source, LogFiles files) {}
