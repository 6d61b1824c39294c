// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.text.RepositoryUri;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Sha256;
import java.util.HashMap;
import java.util.Map;

/**
 * Identifies findings across builds. Lines move and wording changes, so only the subject of a finding counts.
 */
final class Fingerprints {

    private static final int DIGITS = 32;

    private final String prefix;
    private final Map<String, Integer> seen = new HashMap<>();

    /** @param prefix of the files' names, which makes them those of the repository: a finding is the same wherever it is built */
    Fingerprints(String prefix) {
        this.prefix = prefix;
    }

    /** The fingerprint of the next finding; those that are alike are numbered in their order. */
    String next(Finding finding) {
        String identity = String.join(
                "\n",
                finding.rule(),
                RepositoryUri.path(prefix, finding.location().file()),
                finding.resource().map(resource -> resource + "/").orElse("")
                        + finding.container().orElse(""),
                finding.path().map(ContainerPath::toString).orElse("")
                        + finding.subject().name().map(name -> "\n" + name).orElse(""));
        String hash = Sha256.of(identity, DIGITS);
        return hash + ":" + seen.merge(hash, 1, Integer::sum);
    }
}
