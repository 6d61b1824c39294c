package io.github.readonlyrootfs.taskdef;

/** Task definitions that several tests read. */
final class SampleFiles {

    /** One with every key that is read. */
    static final String WHOLE = """
            {
              "family": "shop",
              "networkMode": "awsvpc",
              "requiresCompatibilities": ["EC2", "FARGATE"],
              "cpu": "512",
              "memory": "1 GB",
              "runtimePlatform": { "operatingSystemFamily": "LINUX", "cpuArchitecture": "ARM64" },
              "containerDefinitions": [
                {
                  "name": "app",
                  "image": "registry.example/shop:1",
                  "essential": true,
                  "readonlyRootFilesystem": true,
                  "privileged": false,
                  "user": "1000:1000",
                  "workingDirectory": "/app",
                  "entryPoint": ["java"],
                  "command": ["-jar", "app.jar"],
                  "environment": [ { "name": "HOME", "value": "/app" }, { "name": "EMPTY", "value": "" } ],
                  "dockerLabels": { "io.github.readonly-rootfs.writable-paths": "/tmp" },
                  "dependsOn": [ { "containerName": "init", "condition": "SUCCESS" } ],
                  "mountPoints": [ { "sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": false } ],
                  "volumesFrom": [ { "sourceContainer": "init", "readOnly": true } ],
                  "linuxParameters": {
                    "capabilities": { "add": ["SYS_PTRACE"], "drop": ["ALL"] },
                    "initProcessEnabled": true,
                    "sharedMemorySize": 64,
                    "devices": [ { "hostPath": "/dev/fuse" } ],
                    "tmpfs": [ { "containerPath": "/run", "size": 16, "mountOptions": ["mode=1777", "exec"] } ]
                  },
                  "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "shop" } },
                  "firelensConfiguration": { "type": "fluentbit" },
                  "healthCheck": { "command": ["CMD", "true"] }
                },
                { "name": "init", "image": "busybox" }
              ],
              "volumes": [
                { "name": "tmp" },
                { "name": "host", "host": { "sourcePath": "/srv" } },
                { "name": "docker", "dockerVolumeConfiguration": { "scope": "task", "driver": "local", "driverOpts": { "type": "tmpfs" } } },
                { "name": "efs", "efsVolumeConfiguration": { "fileSystemId": "fs-1", "rootDirectory": "/", "authorizationConfig": { "accessPointId": "fsap-1" } } },
                { "name": "s3", "s3filesVolumeConfiguration": { "fileSystemArn": "arn:1", "accessPointArn": "arn:2" } },
                { "name": "fsx", "fsxWindowsFileServerVolumeConfiguration": { "fileSystemId": "fs-2", "rootDirectory": "x" } },
                { "name": "ebs", "configuredAtLaunch": true },
                { "name": "notEbs", "configuredAtLaunch": false, "host": {} }
              ]
            }
            """;

    private SampleFiles() {}
}
