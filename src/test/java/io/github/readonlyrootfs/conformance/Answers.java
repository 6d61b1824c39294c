// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import java.io.IOException;

/** Whoever knows what an engine does with a case: the engine, or what has been kept of it. */
@FunctionalInterface
interface Answers {
    RecordedCase to(ConformanceCase asked) throws IOException;
}
