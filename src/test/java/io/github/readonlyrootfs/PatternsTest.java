// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.readonlyrootfs.need.catalogue.CatalogueFiles;
import java.lang.reflect.Field;
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

/** Regular expressions on text that repeats itself, as only somebody writes it who wants the build to hang. */
@Tag("slow")
class PatternsTest {

    private static final int LENGTH = 2_000;

    /** In bytes: a pattern that calls itself for each character does not fit. */
    private static final long STACK = 100_000;

    /** What one reading of the text costs, times what an expression with many alternatives may take. */
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

    /** A text that counts how often somebody looks at one of its characters. */
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

    static Stream<Arguments> constants() throws ReflectiveOperationException {
        List<Arguments> patterns = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.readonlyrootfs")) {
            for (var constant : type.getFields()) {
                if (constant.getRawType().isEquivalentTo(Pattern.class)
                        && constant.getModifiers().contains(JavaModifier.STATIC)) {
                    Field field = constant.reflect();
                    field.setAccessible(true);
                    patterns.add(Arguments.of(type.getSimpleName() + "." + constant.getName(), field.get(null)));
                }
            }
        }
        return patterns.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constants")
    void comparingTextWithAPatternTakesLinearTimeAndNoStack(String name, Pattern pattern) throws InterruptedException {
        onRepetitiveTexts(pattern, Matcher::matches);
        onRepetitiveTexts(pattern, Matcher::lookingAt);
    }

    /** What the catalogue looks for in configuration files. */
    static Stream<Arguments> searchedFor() {
        return CatalogueFiles.patterns().stream().map(pattern -> Arguments.of(pattern.pattern(), pattern));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("searchedFor")
    void searchingAConfigurationFileTakesLinearTimeAndNoStack(String name, Pattern pattern)
            throws InterruptedException {
        onRepetitiveTexts(pattern, matcher -> matcher.results().count() > 0);
    }

    @Test
    void thePatternsAreFound() throws ReflectiveOperationException {
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
