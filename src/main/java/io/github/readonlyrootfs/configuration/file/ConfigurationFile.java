// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import java.util.List;

/**
 * A configuration file, read.
 *
 * @param resource its name as a class loader knows it
 */
public record ConfigurationFile(String resource, List<PropertyDocument> documents) {

    public ConfigurationFile {
        documents = List.copyOf(documents);
    }
}
