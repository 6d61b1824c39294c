// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassPreloaderTest {

    /** Other versions of the JDK may lack some. */
    private static final Pattern OF_A_JDK = Pattern.compile("(?:java|javax|jdk|sun|com\\.sun)\\.");

    @ParameterizedTest
    @EnumSource
    void everyListedClassExists(ClassPreloader list) throws Exception {
        assertThat(names(list)).isNotEmpty().doesNotHaveDuplicates();
        assertThat(names(list).stream().filter(name -> !exists(name)))
                .as("to write the lists anew: src/test/performance/pairs --preload")
                .isEmpty();
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, ClassPreloaderTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void noClassIsInBothLists() throws Exception {
        Set<String> every = new HashSet<>(names(ClassPreloader.EVERY_CHECK));

        assertThat(names(ClassPreloader.APPLICATION_CLASSES)).doesNotContainAnyElementsOf(every);
    }

    @Test
    void listedClassesAreLoadedOnThreadsThatEnd() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        try (Loader loader = new Loader()) {
            for (ClassPreloader list : ClassPreloader.values()) {
                start(loader, list);
                assertThat(loader.notLoaded(names(list))).isEmpty();
            }
        }
    }

    @Test
    void nothingIsPrintedWhenTheJarIsClosedMeanwhile() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        try (Loader loader = new Loader()) {
            List<String> names = names(ClassPreloader.EVERY_CHECK);
            loader.closed = names.get(names.size() - 1);
            start(loader, ClassPreloader.EVERY_CHECK);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(uncaught).isEmpty();
    }

    @Test
    void aListIsLoadedOnce() throws Exception {
        ClassPreloader.EVERY_CHECK.start();
        for (Thread thread : threads(ClassPreloader.EVERY_CHECK)) {
            thread.join();
        }
        ClassPreloader.EVERY_CHECK.start();

        assertThat(threads(ClassPreloader.EVERY_CHECK)).isEmpty();
    }

    private static void start(Loader loader, ClassPreloader list) throws Exception {
        Class<?> type = loader.loadClass(ClassPreloader.class.getName());
        type.getMethod("start").invoke(type.getField(list.name()).get(null));
        for (Thread thread : threads(list)) {
            thread.join();
        }
    }

    private static Set<Thread> threads(ClassPreloader list) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("readonly-rootfs preloads " + list))
                .collect(toSet());
    }

    private static List<String> names(ClassPreloader list) throws Exception {
        try (InputStream stream = list.open()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> !OF_A_JDK.matcher(name).lookingAt())
                    .toList();
        }
    }

    /** Loads the plugin's classes and the libraries again, and records which ones it has loaded. */
    private static final class Loader extends URLClassLoader {

        /** The class at which the jar is closed. */
        private String closed = "";

        Loader() throws Exception {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() throws Exception {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                URI uri = Path.of(entry).toUri();
                urls.add(uri.toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(closed)) {
                throw new IllegalStateException("zip file closed");
            }
            return super.findClass(name);
        }

        List<String> notLoaded(List<String> names) {
            return names.stream().filter(name -> findLoadedClass(name) == null).toList();
        }
    }
}
