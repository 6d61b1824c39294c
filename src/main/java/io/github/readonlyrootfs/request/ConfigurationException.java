// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

/** A request that cannot be carried out as configured. The message says what to change. */
public final class ConfigurationException extends Exception {

    public ConfigurationException(String message) {
        super(message);
    }
}
