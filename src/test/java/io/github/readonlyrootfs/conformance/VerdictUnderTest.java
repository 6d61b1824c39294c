// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.Map;

/** A source of verdicts about what the engine would do. */
@FunctionalInterface
interface VerdictUnderTest {
    /**
     * The verdict for each path of the case: WRITABLE, READ_ONLY, NOT_PERMITTED, CANNOT_START or UNKNOWN, by container
     * and path.
     *
     * @param builder {@code buildkit} or {@code classic}
     */
    Map<String, Map<String, String>> verdicts(ConformanceCase conformanceCase, String builder);
}
