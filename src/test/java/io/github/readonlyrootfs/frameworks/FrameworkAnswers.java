// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.Map;

/**
 * What keys are set to.
 *
 * @param refusal why the application does not start; empty where it does
 * @param values by key, without those that are not set; {@code ?} and a reason for what is not known
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
