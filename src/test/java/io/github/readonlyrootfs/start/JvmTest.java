// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.partial.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmTest {

    private static Jvm jvm(String command) {
        List<Jvm> jvms = Contexts.built("FROM eclipse-temurin:21-jre\nCMD exec " + command + "\n")
                .java()
                .jvms();
        assertThat(jvms).hasSize(1);
        return jvms.get(0);
    }

    private static String jar(String command) {
        return jvm(command).jar().map(Field::text).orElse("none");
    }

    private static List<String> arguments(String command) {
        return jvm(command).applicationArguments().stream().map(Field::text).toList();
    }

    private static String property(String command) {
        return jvm(command).options().property("x").known().orElse("unknown or none");
    }

    @Test
    void optionsMayStandBetweenJarAndTheJar() {
        String command = "java -Da=1 -jar -Dx=2 -cp lib app.jar -Dx=3 b";

        assertThat(jar(command)).isEqualTo("app.jar");
        assertThat(property(command)).isEqualTo("2");
        assertThat(arguments(command)).containsExactly("-Dx=3", "b");
    }

    @Test
    void theWordAfterJarIsTheJar() {
        String command = "java -Dx=1 -jar app.jar -jar other.jar";

        assertThat(jar(command)).isEqualTo("app.jar");
        assertThat(property(command)).isEqualTo("1");
        assertThat(arguments(command)).containsExactly("-jar", "other.jar");
        assertThat(arguments("java -jar $(cat /name) a")).containsExactly("a");
        assertThat(property("java -Dx=1 -jar $(cat /name) a")).isEqualTo("1");
    }

    @Test
    void anUnknownWordBetweenJarAndTheJarIsTakenForOptions() {
        String command = "java -Dx=1 -jar $(cat /options) app.jar a";

        assertThat(jar(command)).isEqualTo("app.jar");
        assertThat(property(command)).isEqualTo("unknown or none");
        assertThat(arguments(command)).isEmpty();
    }

    @Test
    void withoutJarTheMainClassOrModuleIsRun() {
        assertThat(jar("java -cp app.jar -Dx=1 com.acme.Main -jar b")).isEqualTo("none");
        assertThat(arguments("java -cp app.jar com.acme.Main a")).containsExactly("a");
        assertThat(arguments("java -p app -m com.acme/com.acme.Main a")).containsExactly("a");
    }
}
