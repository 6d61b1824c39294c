// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import io.github.readonlyrootfs.fuzz.Invariants.Costly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * The method that Jazzer calls in its own process, see {@link GuidedRun}: the first two bytes select a project, the
 * others are its file.
 */
public final class GuidedTarget {

    static final String TARGET = "fuzz.target";
    static final String SAVED = "fuzz.saved";

    private static final FuzzTarget KIND = FuzzTarget.valueOf(System.getProperty(TARGET, FuzzTarget.DOCKERFILE.name()));

    private static List<FuzzProject> projects = List.of();

    private GuidedTarget() {}

    /** Jazzer instruments a class when it is loaded, which would count as memory of the check. */
    public static void fuzzerInitialize() throws IOException {
        projects = KIND.projects(Files.createTempDirectory("fuzz"));
        for (FuzzProject project : projects) {
            try {
                check(project, project.seed());
            } catch (Invariants.Broken e) {
                // Instrumentation causes these; FuzzTest finds everything else that breaks with a seed.
            }
        }
    }

    /** A file that Jazzer generated. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length < 2) {
            return;
        }
        FuzzProject project = projects.get(((data[0] & 0xff) | (data[1] & 0xff) << 8) % projects.size());
        byte[] content = Arrays.copyOfRange(data, 2, data.length);
        try {
            check(project, content);
        } catch (RuntimeException | Error e) {
            String file = project.file().replaceFirst(".*/", "");
            Files.write(
                    Path.of(System.getProperty(SAVED, "."))
                            .resolve(KIND.name().toLowerCase(Locale.ROOT) + "-guided-" + file),
                    content);
            throw e;
        }
    }

    private static void check(FuzzProject project, byte[] content) {
        new Invariants(project, KIND.language()).check(content, EnumSet.noneOf(Costly.class));
    }

    /** The input for an unchanged project. */
    static byte[] seed(int index, byte[] content) {
        byte[] data = new byte[content.length + 2];
        data[0] = (byte) index;
        data[1] = (byte) (index >> 8);
        System.arraycopy(content, 0, data, 2, content.length);
        return data;
    }
}
