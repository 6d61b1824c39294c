// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the file behind {@code server} as an application does that has variables put in. */
final class Dropwizard extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws Exception {
        replaceEnvironment(environment);
        String file = arguments.get(1);
        JsonNode settings = new YamlConfigurationFactory<>(JsonNode.class, null, new ObjectMapper(), "dw")
                .build(
                        new SubstitutingSourceProvider(
                                new File(file).exists()
                                        ? new FileConfigurationSourceProvider()
                                        : new ResourceConfigurationSourceProvider(),
                                new EnvironmentVariableSubstitutor(false, true)),
                        file);
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            JsonNode value = find(settings, key);
            if (value != null && value.isValueNode()) {
                values.put(key, value.asText(""));
            }
        }
        return values;
    }

    /** What a key stands for; names of loggers have dots themselves. */
    private static JsonNode find(JsonNode node, String key) {
        if (key.isEmpty()) {
            return node;
        }
        if (node.isArray()) {
            int end = key.indexOf(']');
            JsonNode item = node.get(Integer.parseInt(key.substring(1, end)));
            return item == null ? null : find(item, key.substring(Math.min(key.length(), end + 1)).replaceFirst("^\\.", ""));
        }
        for (String name : (Iterable<String>) node::fieldNames) {
            String rest = key.startsWith(name) ? key.substring(name.length()) : "no";
            if (rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[")) {
                return find(node.get(name), rest.replaceFirst("^\\.", ""));
            }
        }
        return null;
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Dropwizard(), arguments);
    }
}
