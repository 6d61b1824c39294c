// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

/** A request that cannot be carried out as configured. The message says what to change. */
public final class ConfigurationException extends Exception {

    /**
     * A wrong file or a place in it.
     *
     * @param where the file or the place
     * @param message the problem
     * @param help what to do about it
     */
    public ConfigurationException(Object where, String message, String help) {
        this(where + ": " + message + "; " + help);
    }

    public ConfigurationException(String message) {
        super(message);
    }
}
