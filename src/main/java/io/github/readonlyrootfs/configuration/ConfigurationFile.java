// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.List;

/**
 * A configuration file, read.
 *
 * @param resource its name as a class loader knows it
 */
record ConfigurationFile(String resource, List<PropertyDocument> documents) {

    ConfigurationFile {
        documents = List.copyOf(documents);
    }
}
