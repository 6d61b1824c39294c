// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The code of one project; its class files are read when they are first asked for. */
public final class ProjectCode {

    private final Supplier<Set<String>> mainClasses;
    private @Nullable ProjectClasses classes;

    /** @param mainClasses see {@link #mainClasses} */
    public ProjectCode(Supplier<Set<String>> mainClasses) {
        this.mainClasses = mainClasses;
    }

    /** Code of which nothing says which class starts. */
    public ProjectCode() {
        this(Set::of);
    }

    /** The main classes, with dots, of the jars that its build makes. */
    public Set<String> mainClasses() {
        return mainClasses.get();
    }

    /**
     * The places where it writes.
     *
     * @param modules the application's own modules, the project's own classes first; the same each time
     * @param libraries jars of which nothing is known: their code is followed from the modules' calls on
     */
    public synchronized WriteSites sites(
            List<ClassPathEntry> modules,
            List<Path> libraries,
            Main main,
            SpringEnvironment spring,
            WebApplication web) {
        ProjectClasses read = classes;
        if (read == null) {
            read = new ProjectClasses(modules, libraries);
            classes = read;
        }
        return new WriteSites(read, main, new AskedSettings(spring), web);
    }
}
