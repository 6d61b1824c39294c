package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The configuration keys that an application is started with: on its command line ({@code --key=value}), as system
 * properties, and in its environment, spelt as Spring Boot, Quarkus and Micronaut spell them there ({@code KEY_NAME}).
 */
record ApplicationSettings(ContainerContext container) {

    /** Where the usual frameworks take the URLs of databases from. */
    private static final List<String> DATABASE_URLS = List.of(
            "spring.datasource.url",
            "spring.datasource.*.url",
            "spring.datasource.*.jdbc-url",
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.*.jdbc.url",
            "datasources.*.url",
            "jakarta.persistence.jdbc.url");

    /** What a key is set to, the strongest first; an asterisk in it stands for one or more parts. */
    List<Value<String>> get(String key) {
        List<Value<String>> values = new ArrayList<>();
        Pattern argument = Wildcards.pattern("--" + key + "=*");
        Pattern property = Wildcards.pattern("-D" + key + "=*");
        container.java().jvms().forEach(jvm -> {
            jvm.command().arguments().stream()
                    .filter(word -> argument.matcher(word.text()).matches())
                    .map(ApplicationSettings::value)
                    .forEach(values::add);
            jvm.options()
                    .arguments()
                    .filter(option -> property.matcher(option.text()).matches())
                    .map(ApplicationSettings::value)
                    .forEach(values::add);
        });
        Pattern withoutHyphens = variable(key.replace("-", ""));
        Pattern withUnderscores = variable(key);
        for (Map.Entry<String, Value<String>> variable :
                container.environment().named().entrySet()) {
            boolean isMeant = withoutHyphens.matcher(variable.getKey()).matches()
                    || withUnderscores.matcher(variable.getKey()).matches();
            if (isMeant && !variable.getValue().isAbsent()) {
                values.add(variable.getValue());
            }
        }
        return values;
    }

    private static Value<String> value(Argument word) {
        return word.complete()
                ? new Value.Known<>(word.text().substring(word.text().indexOf('=') + 1), word.location())
                : new Value.Unknown<>("part of it is not known", word.location());
    }

    private static Pattern variable(String key) {
        return Wildcards.pattern(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_"));
    }

    List<Value<String>> databaseUrls() {
        return DATABASE_URLS.stream().flatMap(key -> get(key).stream()).toList();
    }
}
