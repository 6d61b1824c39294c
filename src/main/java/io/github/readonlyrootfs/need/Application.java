// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.source.Answer;
import java.util.List;

/**
 * What decides whether, and where, a library writes.
 *
 * @param settings what the application is configured with
 * @param code what its classes use
 */
public record Application(ContainerContext container, ApplicationSettings settings, ApplicationCode code) {

    /** How the project is packaged; nothing where the image is built from none. */
    public String packaging() {
        return container.project().map(ProjectFacts::packaging).orElse("");
    }

    /** Whether a program is started with a word. */
    public Answer starts(String wanted) {
        boolean found = container.start().commands().stream()
                .flatMap(command -> command.words().stream())
                .anyMatch(word -> word.is(wanted));
        if (found) {
            return Answer.YES;
        }
        List<String> gaps = container.start().gaps();
        return gaps.isEmpty() ? Answer.NO : Answer.unknown(gaps.get(0));
    }
}
