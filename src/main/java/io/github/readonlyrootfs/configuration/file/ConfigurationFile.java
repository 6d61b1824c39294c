// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import java.util.List;

/**
 * A configuration file, read.
 *
 * @param resource its name on the class path
 */
public record ConfigurationFile(String resource, List<PropertyDocument> documents) {

    public ConfigurationFile {
        documents = List.copyOf(documents);
    }
}
