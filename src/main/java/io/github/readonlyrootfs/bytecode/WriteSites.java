// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.ClassFiles.Unreadable;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The places where the classes of a project write files, as one container starts it. They are searched when they are first needed:
 * the settings depend on the code too.
 */
public final class WriteSites {

    private final ProjectClasses classes;
    private final Main main;
    private final AskedSettings settings;
    private final WebApplication web;
    private @Nullable Scan scan;

    WriteSites(ProjectClasses classes, Main main, AskedSettings settings, WebApplication web) {
        this.classes = classes;
        this.main = main;
        this.settings = settings;
        this.web = web;
    }

    public List<CodeSetting> settings() {
        synchronized (classes) {
            return classes.settings(main);
        }
    }

    /** The writes in the order of the classes' names. */
    public List<WriteSite> sites() {
        return found("sites", () -> classes.sites(this::scan));
    }

    /**
     * The values that the project's own code hands to a library.
     *
     * @param name a key, or {@code org.example.Type.method()} for its first argument
     */
    public List<HandedValue> handed(String name) {
        return found(List.of(name), () -> classes.isEmpty() ? List.of() : scan().handed(HandedValue.Way.parse(name)));
    }

    /** The methods that are certainly called when the application starts, such as {@code com.example.Store.open}. */
    public Set<String> startedCalls() {
        return found("calls", () -> classes.isEmpty() ? Set.of() : scan().startedCalls());
    }

    private <T> T found(Object what, Supplier<T> search) {
        synchronized (classes) {
            // Not the records themselves: their equals takes long to link.
            return classes.found(
                    List.of(
                            what,
                            main.name(),
                            main.arguments(),
                            web.deployed(),
                            web.named(),
                            web.annotated(),
                            web.parameters()),
                    settings,
                    search);
        }
    }

    private Scan scan() {
        Scan made = scan;
        if (made == null) {
            made = classes.scan(main, settings, web);
            scan = made;
        }
        return made;
    }

    /** The classes that could not be read. */
    public List<Unreadable> unreadable() {
        sites();
        return classes.unreadable();
    }

    /** The files in Spring's {@code @PropertySource} on classes that certainly apply, the weakest first. */
    public List<String> propertySources() {
        return classes.propertySources();
    }

    /**
     * Whether the code mentions a class, or a class in a package or nested in a class; with an asterisk at the end, a class and any
     * member whose name begins so; as in {@code @jakarta.ws.rs.POST(java.io.File)}, whether a method with that annotation has such a
     * parameter without an annotation.
     */
    public boolean mentions(String name) {
        return classes.mentions(name);
    }
}
