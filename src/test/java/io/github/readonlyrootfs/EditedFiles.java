// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.Patch;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files to which the edits of findings are applied. */
record EditedFiles(Map<String, String> files) {

    /** The files with the edits that fix a finding; empty if a person must decide what to write. */
    Optional<EditedFiles> applying(Finding finding) {
        if (finding.remedy().edits().isEmpty()) {
            return Optional.empty();
        }
        Patch patch = new Patch();
        assertThat(patch.add(finding.remedy().edits()))
                .as("the edits of %s fit together", finding)
                .isTrue();
        Map<String, String> edited = new TreeMap<>(files);
        for (String file : patch.files()) {
            assertThat(files).as("%s is edited by %s", file, finding).containsKey(file);
            edited.put(file, patch.apply(SourceFile.of(file, files.get(file))));
        }
        return Optional.of(new EditedFiles(edited));
    }
}
