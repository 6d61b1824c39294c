// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a check on a second thread, before the check asks for them: a build checks once, in a JVM that has
 * just started, and the loading of classes is half of that check. The classes are loaded, not initialized, so that no
 * initializer runs on two threads. Their names stand in lists that {@code src/test/performance/pairs --preload} writes; a
 * class that is in no list is loaded when it is needed.
 */
public final class ClassPreloader {

    /** The lists, in the order in which a check needs them. */
    static final String EVERY_CHECK = "preload/every-check.txt";

    static final String APPLICATION_CLASSES = "preload/application-classes.txt";

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private ClassPreloader() {}

    /**
     * Starts to load classes, once per JVM, where there is a second processor to do it.
     *
     * @param withClasses whether the project has classes to read, which takes more of ours
     */
    public static void start(boolean withClasses) {
        if (Runtime.getRuntime().availableProcessors() == 1 || !STARTED.compareAndSet(false, true)) {
            return;
        }
        List<String> lists = withClasses ? List.of(EVERY_CHECK, APPLICATION_CLASSES) : List.of(EVERY_CHECK);
        Thread thread = new Thread("readonly-rootfs class preloader") {
            @Override
            public void run() {
                lists.forEach(ClassPreloader::load);
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    private static void load(String list) {
        try (InputStream names = ClassPreloader.class.getResourceAsStream(list)) {
            if (names == null) {
                return;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(names, StandardCharsets.UTF_8));
            for (@Nullable String name = lines.readLine(); name != null; name = lines.readLine()) {
                loadClass(name);
            }
        } catch (IOException e) {
            // The check loads its classes itself; and if it has ended, its jar may be closed.
            return;
        }
    }

    private static void loadClass(String name) {
        try {
            Class.forName(name, false, ClassPreloader.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // A goal's class without Maven, for one. Whoever needs the class gets the same error.
            return;
        }
    }
}
