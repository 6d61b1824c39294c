// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Settings that remember what they were asked: what was found in code holds with all settings that answer the same. */
final class AskedSettings implements SpringEnvironment {

    private final SpringEnvironment settings;

    /** By question, what was answered. */
    private final Map<Object, Answer> answers = new HashMap<>();

    private record Answer(Function<SpringEnvironment, Object> question, Object answer) {}

    AskedSettings(SpringEnvironment settings) {
        this.settings = settings;
    }

    /** Whether other settings answer every question so that was asked of these. */
    boolean answersLike(AskedSettings other) {
        return answers.values().stream()
                .allMatch(each -> each.question().apply(other.settings).equals(each.answer()));
    }

    private <T> T ask(Object key, Function<SpringEnvironment, T> question) {
        return ask(key, question, answer -> answer);
    }

    /** @param compared what decides of an answer */
    private <T> T ask(Object key, Function<SpringEnvironment, T> question, Function<T, Object> compared) {
        T answer = question.apply(settings);
        answers.put(key, new Answer(question.andThen(compared), compared.apply(answer)));
        return answer;
    }

    @Override
    public boolean isLazy() {
        return ask("lazy", SpringEnvironment::isLazy);
    }

    @Override
    public boolean mayBeOld() {
        return ask("old", SpringEnvironment::mayBeOld);
    }

    @Override
    public Truth hasProfile(List<String> expressions) {
        return ask(expressions, other -> other.hasProfile(expressions));
    }

    /** An edit moves the place of a value, which decides nothing. */
    @Override
    public Value<String> property(String key) {
        return ask(
                "property " + key,
                other -> other.property(key),
                value -> List.of(value.known(), value.isUnknown(), value.isAbsent()));
    }

    @Override
    public Text settled(Text text) {
        return ask(text, other -> other.settled(text));
    }
}
