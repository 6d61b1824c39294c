// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.Map;

/**
 * The values of keys.
 *
 * @param refusal why the application does not start; empty if it does
 * @param values by key, without unset keys; {@code ?} and a reason for an unknown value
 */
record FrameworkAnswers(String refusal, Map<String, String> values) {

    static final String UNKNOWN = "? ";

    boolean starts() {
        return refusal.isEmpty();
    }

    String of(String key) {
        return values.getOrDefault(key, "-");
    }
}
