// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import java.util.List;
import java.util.Optional;

/**
 * A volume of the task.
 *
 * @param location of the whole object
 * @param name located at its value
 */
public record Volume(Location location, Value<String> name, Storage storage) {

    public sealed interface Storage {

        /** {@code host} missing, null or {@code {}}: an empty directory that lives as long as the task. */
        record Empty() implements Storage {}

        /** {@code host.sourcePath}: a directory of the instance; an unknown path still is one. */
        record HostPath(Value<String> sourcePath) implements Storage {}

        /**
         * {@code dockerVolumeConfiguration}.
         *
         * @param scope {@code task} or {@code shared}; absent means {@code task}
         * @param driver absent means {@code local}
         */
        record Docker(Value<String> scope, Value<String> driver, List<KeyValue> driverOptions, Location location)
                implements Storage {}

        /**
         * {@code efsVolumeConfiguration}.
         *
         * @param iam whether the task role decides what clients may do: {@code ENABLED} or {@code DISABLED}
         * @param accessPoint the access point, where the files say what it does
         */
        record Efs(
                Value<String> accessPointId,
                Value<String> iam,
                Value<String> rootDirectory,
                Optional<AccessPoint> accessPoint,
                Location location)
                implements Storage {}

        /** {@code s3filesVolumeConfiguration}. */
        record S3Files(Value<String> accessPointArn) implements Storage {}

        /** {@code fsxWindowsFileServerVolumeConfiguration}. */
        record Fsx() implements Storage {}

        /** {@code configuredAtLaunch: true}: an EBS volume that the service attaches. */
        record Ebs(Location location) implements Storage {}

        /** Something that cannot be evaluated, such as a placeholder in the place of the object. */
        record Unknown(Value.Unknown<?> value) implements Storage {}
    }
}
