// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.start.StartGap;
import java.util.List;

/**
 * The application that decides whether and where a library writes.
 *
 * @param settings its configuration
 * @param code the classes that it uses
 */
public record Application(ContainerContext container, ApplicationSettings settings, ApplicationCode code) {

    /** The project's packaging; an empty text if the image is not built from a project. */
    public String packaging() {
        return container.application().project().isPresent()
                ? container.application().project().get().packaging()
                : "";
    }

    /** Whether a word is on a command line of the start. */
    public Answer starts(String wanted) {
        boolean found = container.start().commands().stream()
                .flatMap(command -> command.words().stream())
                .anyMatch(word -> word.is(wanted));
        if (found) {
            return Answer.YES;
        }
        List<StartGap> gaps = container.start().gaps();
        return gaps.isEmpty() ? Answer.NO : Answer.unknown(gaps.get(0).reason());
    }
}
