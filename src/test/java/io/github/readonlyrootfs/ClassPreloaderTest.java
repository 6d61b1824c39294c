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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPreloaderTest {

    /** Another release may lack some. */
    private static final Pattern OF_A_JDK = Pattern.compile("(?:java|javax|jdk|sun|com\\.sun)\\.");

    @ParameterizedTest
    @ValueSource(strings = {ClassPreloader.EVERY_CHECK, ClassPreloader.APPLICATION_CLASSES})
    void everyListedClassExists(String list) throws Exception {
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
    void startsOneThreadThatLoadsWhatIsListed() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        List<String> every = names(ClassPreloader.EVERY_CHECK);
        List<String> besides = names(ClassPreloader.APPLICATION_CLASSES);
        try (Loader loader = new Loader()) {
            start(loader, false);
            assertThat(loader.notLoaded(every)).isEmpty();
            assertThat(loader.notLoaded(besides)).isNotEmpty();

            start(loader, true);
            assertThat(loader.notLoaded(besides)).as("it has started before").isNotEmpty();
        }
        try (Loader loader = new Loader()) {
            start(loader, true);
            assertThat(loader.notLoaded(besides)).isEmpty();
        }
    }

    private static void start(Loader loader, boolean withClasses) throws Exception {
        Set<Thread> before = threads();
        loader.loadClass(ClassPreloader.class.getName())
                .getMethod("start", boolean.class)
                .invoke(null, withClasses);
        for (Thread thread : threads()) {
            if (!before.contains(thread)) {
                thread.join();
            }
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("readonly-rootfs"))
                .collect(toSet());
    }

    private static List<String> names(String list) throws Exception {
        try (InputStream stream = ClassPreloader.class.getResourceAsStream(list)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(name -> !OF_A_JDK.matcher(name).lookingAt())
                    .toList();
        }
    }

    /** Loads the plugin's classes and the libraries afresh, and knows which ones it has loaded. */
    private static final class Loader extends URLClassLoader {

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

        List<String> notLoaded(List<String> names) {
            return names.stream().filter(name -> findLoadedClass(name) == null).toList();
        }
    }
}
