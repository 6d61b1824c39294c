// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.catalogue.CatalogueFiles;
import io.github.readonlyrootfs.rule.engine.Rule;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Matches regular expressions against repetitive text, such as an attacker would write to block the build. */
@Tag("slow")
class PatternsTest {

    private static final int LENGTH = 2_000;

    /** In bytes: too small for a pattern that recurses for each character. */
    private static final long STACK = 100_000;

    /** One read of each character, times the number of alternatives that an expression may try. */
    private static final long MAX_STEPS = 400L * LENGTH;

    private static final List<String> REPEATED = Stream.concat(
                    Stream.of(
                            "nio:", "::a", "a-", ".a", "/a", "a:", "a=", "a,", "<a", "\\a", "${", "{{", "\n ", "#\n",
                            "env "),
                    "\n \taA0#;/:\"'\\{}$<>,=_*@-()[]|&+%!?~".chars().mapToObj(Character::toString))
            .toList();

    private static final List<String> TEXTS = Stream.of("", "a", "#!/", "/", "\"", "a:")
            .flatMap(before ->
                    REPEATED.stream().map(repeated -> before + repeated.repeat(LENGTH / repeated.length()) + "\u0001"))
            .toList();

    /** A text that counts how often its characters are read. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long steps;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException("more than " + MAX_STEPS + " steps");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }

    private static final List<Arguments> CONSTANTS = constantPatterns();

    private static List<Arguments> constantPatterns() {
        Path classes = Path.of(URI.create(
                Rule.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        try (Stream<Path> files = Files.walk(classes)) {
            List<Arguments> patterns = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
                patterns.addAll(constantPatterns(Class.forName(
                        name.substring(0, name.length() - ".class".length()),
                        false,
                        PatternsTest.class.getClassLoader())));
            }
            return patterns;
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Arguments> constantPatterns(Class<?> type) throws ReflectiveOperationException {
        List<Arguments> patterns = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                patterns.add(Arguments.of(type.getSimpleName() + "." + field.getName(), field.get(null)));
            }
        }
        return patterns;
    }

    static List<Arguments> constants() {
        return CONSTANTS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constants")
    void matchingAPatternTakesLinearTimeAndConstantStack(String name, Pattern pattern) throws InterruptedException {
        onRepetitiveTexts(pattern, Matcher::matches);
        onRepetitiveTexts(pattern, Matcher::lookingAt);
    }

    /** Patterns of the catalogue for configuration files. */
    static Stream<Arguments> searchedFor() {
        return CatalogueFiles.patterns().stream().map(pattern -> Arguments.of(pattern.pattern(), pattern));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("searchedFor")
    void searchingAConfigurationFileTakesLinearTimeAndConstantStack(String name, Pattern pattern)
            throws InterruptedException {
        onRepetitiveTexts(pattern, matcher -> matcher.results().count() > 0);
    }

    @Test
    void thePatternsAreFound() {
        assertThat(constants()).hasSizeGreaterThan(100);
        assertThat(searchedFor()).hasSizeGreaterThan(20);
    }

    private static void onRepetitiveTexts(Pattern pattern, Predicate<Matcher> use) throws InterruptedException {
        List<String> slow = new ArrayList<>();
        Thread thread = new Thread(null, () -> slow.addAll(slowTexts(pattern, use)), "small stack", STACK);
        thread.start();
        thread.join();
        assertThat(slow).isEmpty();
    }

    private static List<String> slowTexts(Pattern pattern, Predicate<Matcher> use) {
        List<String> slow = new ArrayList<>();
        for (String text : TEXTS) {
            try {
                boolean unused = use.test(pattern.matcher(new CountedText(text)));
            } catch (RuntimeException | StackOverflowError e) {
                slow.add(text.substring(0, 10) + "… " + e);
            }
        }
        return slow;
    }
}
