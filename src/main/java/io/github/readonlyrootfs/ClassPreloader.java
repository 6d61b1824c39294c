// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a check on a second thread, before the check asks for them: a build checks once, in a JVM that has
 * just started, and the loading of classes is half of that check. The classes are loaded, not initialized, so that no
 * initializer runs on two threads. Their names are in lists that {@code src/test/performance/pairs --preload} writes; a
 * class that is in no list is loaded when it is needed.
 */
public enum ClassPreloader {

    /** The classes that every check needs. */
    EVERY_CHECK("preload/every-check.txt"),

    /** The additional classes for the check of a project with compiled classes. */
    APPLICATION_CLASSES("preload/application-classes.txt");

    private static final Set<ClassPreloader> STARTED = ConcurrentHashMap.newKeySet();

    private final String list;

    ClassPreloader(String list) {
        this.list = list;
    }

    /** Starts to load the classes, once per JVM, where there is a second processor to do it. */
    public void start() {
        if (Runtime.getRuntime().availableProcessors() == 1 || !STARTED.add(this)) {
            return;
        }
        Thread thread = new Thread("readonly-rootfs preloads " + name()) {
            @Override
            public void run() {
                // One list after the other: the check needs those of the first one first.
                synchronized (EVERY_CHECK) {
                    load();
                }
            }
        };
        // When the goal has ended, its jar is closed: whoever needs a class that is not loaded then gets the same
        // error.
        thread.setUncaughtExceptionHandler((ended, error) -> {});
        thread.setDaemon(true);
        thread.start();
    }

    private void load() {
        try (InputStream names = open()) {
            if (names == null) {
                return;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(names, StandardCharsets.UTF_8));
            for (@Nullable String name = lines.readLine(); name != null; name = lines.readLine()) {
                load(name);
            }
        } catch (IOException e) {
            // The check loads its classes itself; and if it has ended, its jar may be closed.
            return;
        }
    }

    /** The list. */
    @Nullable
    InputStream open() {
        return ClassPreloader.class.getResourceAsStream(list);
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, ClassPreloader.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // A goal's class without Maven, or one of another JDK. Whoever needs the class gets the same error.
            return;
        }
    }
}
