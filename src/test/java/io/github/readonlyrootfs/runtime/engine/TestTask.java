// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task written as JSON in single quotes, with its runtime. */
record TestTask(TaskDefinition definition) {

    static TestTask of(String json) {
        return new TestTask(TaskFile.read(json.replace('\'', '"')).task());
    }

    /** A container named app that mounts volume v at /data, with further keys for the container, v and the task. */
    static TestTask mounting(String volume, String container, String task) {
        return of("{'containerDefinitions':[{'name':'app','mountPoints':[{'sourceVolume':'v','containerPath':'/data'}]"
                + container + "}],'volumes':[{'name':'v'" + volume + "}]" + task + "}");
    }

    static TestTask mounting(String volume) {
        return mounting(volume, "", "");
    }

    /** @param images of the containers in their order; the last one is also that of all further containers */
    ContainerRuntime run(Platform platform, String container, TestImage... images) {
        return all(platform, images).stream()
                .filter(runtime -> runtime.definition().name().equals(container))
                .findFirst()
                .orElseThrow();
    }

    List<ContainerRuntime> all(Platform platform, TestImage... images) {
        Map<String, Image> byName = new HashMap<>();
        List<ContainerDefinition> containers = definition.containerDefinitions();
        for (int i = 0; i < containers.size(); i++) {
            byName.put(containers.get(i).name(), images[Math.min(i, images.length - 1)].build());
        }
        return TaskRuntime.of(definition, byName, platform);
    }

    Access access(Platform platform, String path, TestImage image) {
        return run(platform, "app", image).access(ContainerPath.of(path), true);
    }

    WriteAccess write(Platform platform, String path, TestImage image) {
        return access(platform, path, image).verdict();
    }
}
