// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import java.io.IOException;

/** A source of an engine's answers: the engine itself, or a recording. */
@FunctionalInterface
interface Answers {
    RecordedCase to(ConformanceCase asked) throws IOException;
}
