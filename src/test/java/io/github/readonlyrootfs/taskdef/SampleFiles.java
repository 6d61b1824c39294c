// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

/** Task definitions that several tests read. */
public final class SampleFiles {

    /** A task definition with every key that is read. */
    public static final String WHOLE = """
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
                { "name": "efs", "efsVolumeConfiguration": { "fileSystemId": "fs-1", "rootDirectory": "/", "authorizationConfig": { "accessPointId": "fsap-1", "iam": "ENABLED" } } },
                { "name": "s3", "s3filesVolumeConfiguration": { "fileSystemArn": "arn:1", "accessPointArn": "arn:2" } },
                { "name": "fsx", "fsxWindowsFileServerVolumeConfiguration": { "fileSystemId": "fs-2", "rootDirectory": "x" } },
                { "name": "ebs", "configuredAtLaunch": true },
                { "name": "notEbs", "configuredAtLaunch": false, "host": {} }
              ]
            }
            """;

    /** The same task in a CloudFormation template. */
    static final String CLOUDFORMATION = """
            {
              "AWSTemplateFormatVersion": "2010-09-09",
              "Parameters": {
                "Tag": { "Type": "String", "Default": "1" },
                "ReadOnly": { "Type": "String", "Default": "true", "AllowedValues": ["true", "false"] },
                "Platforms": { "Type": "CommaDelimitedList", "Default": "EC2, FARGATE" }
              },
              "Mappings": { "Users": { "app": { "id": "1000:1000" } } },
              "Conditions": {
                "IsFirst": { "Fn::Equals": [ { "Ref": "Tag" }, "1" ] },
                "IsOther": { "Fn::Not": [ { "Condition": "IsFirst" } ] }
              },
              "Resources": {
                "Cluster": { "Type": "AWS::ECS::Cluster" },
                "Task": {
                  "Type": "AWS::ECS::TaskDefinition",
                  "Properties": {
                    "Family": "shop",
                    "NetworkMode": "awsvpc",
                    "RequiresCompatibilities": { "Ref": "Platforms" },
                    "Cpu": 512,
                    "Memory": "1 GB",
                    "RuntimePlatform": { "OperatingSystemFamily": "LINUX", "CpuArchitecture": "ARM64" },
                    "ContainerDefinitions": [
                      {
                        "Name": "app",
                        "Image": { "Fn::Sub": "registry.example/shop:${Tag}" },
                        "Essential": "true",
                        "ReadonlyRootFilesystem": { "Ref": "ReadOnly" },
                        "Privileged": false,
                        "User": { "Fn::FindInMap": ["Users", "app", "id"] },
                        "WorkingDirectory": { "Fn::Join": ["", ["/", "app"]] },
                        "EntryPoint": ["java"],
                        "Command": ["-jar", { "Fn::Sub": ["${name}.jar", { "name": "app" }] }],
                        "Environment": [
                          { "Name": "HOME", "Value": "/app" },
                          { "Name": "EMPTY", "Value": "" },
                          { "Fn::If": ["IsOther", { "Name": "OTHER", "Value": "x" }, { "Ref": "AWS::NoValue" }] }
                        ],
                        "DockerLabels": { "io.github.readonly-rootfs.writable-paths": "/tmp" },
                        "DependsOn": [ { "ContainerName": "init", "Condition": "SUCCESS" } ],
                        "MountPoints": [ { "SourceVolume": "tmp", "ContainerPath": "/tmp", "ReadOnly": "false" } ],
                        "VolumesFrom": [ { "SourceContainer": "init", "ReadOnly": true } ],
                        "LinuxParameters": {
                          "Capabilities": { "Add": ["SYS_PTRACE"], "Drop": ["ALL"] },
                          "InitProcessEnabled": true,
                          "SharedMemorySize": 64,
                          "Devices": [ { "HostPath": "/dev/fuse" } ],
                          "Tmpfs": [ { "ContainerPath": "/run", "Size": "16", "MountOptions": ["mode=1777", "exec"] } ]
                        },
                        "LogConfiguration": { "LogDriver": "awslogs", "Options": { "awslogs-group": "shop" } },
                        "FirelensConfiguration": { "Type": "fluentbit" },
                        "HealthCheck": { "Command": ["CMD", "true"] }
                      },
                      { "Name": "init", "Image": "busybox" }
                    ],
                    "Volumes": [
                      { "Name": "tmp" },
                      { "Name": "host", "Host": { "SourcePath": "/srv" } },
                      { "Name": "docker", "DockerVolumeConfiguration": { "Scope": "task", "Driver": "local", "DriverOpts": { "type": "tmpfs" } } },
                      { "Name": "efs", "EFSVolumeConfiguration": { "FilesystemId": "fs-1", "RootDirectory": "/", "AuthorizationConfig": { "AccessPointId": "fsap-1", "IAM": "ENABLED" } } },
                      { "Name": "s3", "S3FilesVolumeConfiguration": { "FileSystemArn": "arn:1", "AccessPointArn": "arn:2" } },
                      { "Name": "fsx", "FSxWindowsFileServerVolumeConfiguration": { "FileSystemId": "fs-2", "RootDirectory": "x" } },
                      { "Name": "ebs", "ConfiguredAtLaunch": true },
                      { "Name": "notEbs", "ConfiguredAtLaunch": false, "Host": {} }
                    ]
                  }
                }
              }
            }
            """;

    /** The same task in YAML. */
    static final String YAML = """
            # the shop
            family: shop
            networkMode: awsvpc
            requiresCompatibilities: [EC2, FARGATE]
            cpu: 512
            memory: 1 GB
            runtimePlatform: { operatingSystemFamily: LINUX, cpuArchitecture: ARM64 }
            containerDefinitions:
              - name: app
                image: registry.example/shop:1
                essential: true
                readonlyRootFilesystem: True
                privileged: false
                user: "1000:1000"
                workingDirectory: /app
                entryPoint:
                - java
                command: ["-jar", 'app.jar']
                environment:
                  - { name: HOME, value: /app }
                  - name: EMPTY
                    value: ""
                dockerLabels:
                  io.github.readonly-rootfs.writable-paths: |-
                    /tmp
                dependsOn: [ { containerName: init, condition: SUCCESS } ]
                mountPoints:
                  - sourceVolume: &tmp tmp
                    containerPath: /tmp
                    readOnly: false
                volumesFrom:
                  - sourceContainer: init
                    readOnly: true
                linuxParameters:
                  capabilities: { add: [SYS_PTRACE], drop: [ALL] }
                  initProcessEnabled: true
                  sharedMemorySize: 64
                  devices:
                    - hostPath: /dev/fuse
                  tmpfs:
                    - containerPath: /run
                      size: 16
                      mountOptions: [mode=1777, exec]
                logConfiguration:
                  logDriver: awslogs
                  options:
                    awslogs-group: shop
                firelensConfiguration: { type: fluentbit }
                healthCheck:
                  command: [CMD, "true"]
              - name: init
                image: busybox
            volumes:
              - name: *tmp
              - name: host
                host: &host
                  sourcePath: /srv
              - name: docker
                dockerVolumeConfiguration:
                  scope: task
                  driver: local
                  driverOpts: { type: tmpfs }
              - name: efs
                efsVolumeConfiguration:
                  fileSystemId: fs-1
                  rootDirectory: /
                  authorizationConfig: { accessPointId: fsap-1, iam: ENABLED }
              - name: s3
                s3filesVolumeConfiguration: { fileSystemArn: arn:1, accessPointArn: arn:2 }
              - name: fsx
                fsxWindowsFileServerVolumeConfiguration: { fileSystemId: fs-2, rootDirectory: x }
              - name: ebs
                configuredAtLaunch: true
              - name: notEbs
                configuredAtLaunch: false
                host: ~
            """;

    /** The same task in a CloudFormation template in YAML. */
    static final String CLOUDFORMATION_YAML = """
            AWSTemplateFormatVersion: 2010-09-09
            Parameters:
              Tag: { Type: String, Default: 1 }
              ReadOnly:
                Type: String
                Default: true
              Platforms: { Type: CommaDelimitedList, Default: 'EC2,FARGATE' }
            Mappings:
              Users: { app: { id: "1000:1000" } }
            Conditions:
              IsFirst: !Equals [ !Ref Tag, "1" ]
              IsOther: !Not [ !Condition IsFirst ]
            Resources:
              Cluster:
                Type: AWS::ECS::Cluster
              Task:
                Type: AWS::ECS::TaskDefinition
                Properties:
                  Family: shop
                  NetworkMode: awsvpc
                  RequiresCompatibilities: !Ref Platforms
                  Cpu: 512
                  Memory: 1 GB
                  RuntimePlatform: { OperatingSystemFamily: LINUX, CpuArchitecture: ARM64 }
                  ContainerDefinitions:
                    - Name: app
                      Image: !Sub registry.example/shop:${Tag}
                      Essential: "true"
                      ReadonlyRootFilesystem: !Ref ReadOnly
                      Privileged: !If [IsOther, true, false]
                      User: !FindInMap [Users, app, id]
                      WorkingDirectory: !Join
                        - ""
                        - - /
                          - app
                      EntryPoint: [java]
                      Command: [-jar, !Sub ["${name}.jar", { name: app }]]
                      Environment:
                        - Name: HOME
                          Value: /app
                        - Name: EMPTY
                          Value: ""
                        - !If
                          - IsOther
                          - { Name: OTHER, Value: x }
                          - !Ref AWS::NoValue
                      DockerLabels:
                        io.github.readonly-rootfs.writable-paths: /tmp
                      DependsOn:
                        - { ContainerName: init, Condition: SUCCESS }
                      MountPoints:
                        - { SourceVolume: tmp, ContainerPath: /tmp, ReadOnly: "false" }
                      VolumesFrom:
                        - { SourceContainer: init, ReadOnly: true }
                      LinuxParameters:
                        Capabilities: { Add: [SYS_PTRACE], Drop: [ALL] }
                        InitProcessEnabled: true
                        SharedMemorySize: 64
                        Devices: [ { HostPath: /dev/fuse } ]
                        Tmpfs:
                          - ContainerPath: /run
                            Size: 16
                            MountOptions: [mode=1777, exec]
                      LogConfiguration:
                        LogDriver: awslogs
                        Options: { awslogs-group: shop }
                      FirelensConfiguration: { Type: fluentbit }
                      HealthCheck: { Command: [CMD, "true"] }
                    - Name: init
                      Image: busybox
                  Volumes:
                    - Name: tmp
                    - Name: host
                      Host: { SourcePath: /srv }
                    - Name: docker
                      DockerVolumeConfiguration: { Scope: task, Driver: local, DriverOpts: { type: tmpfs } }
                    - Name: efs
                      EFSVolumeConfiguration:
                        FilesystemId: !GetAtt Files.Id
                        RootDirectory: /
                        AuthorizationConfig: { AccessPointId: fsap-1, IAM: ENABLED }
                    - Name: s3
                      S3FilesVolumeConfiguration: { FileSystemArn: arn:1, AccessPointArn: arn:2 }
                    - Name: fsx
                      FSxWindowsFileServerVolumeConfiguration: { FileSystemId: fs-2, RootDirectory: x }
                    - Name: ebs
                      ConfiguredAtLaunch: true
                    - Name: notEbs
                      ConfiguredAtLaunch: false
                      Host: {}
            """;

    private SampleFiles() {}
}
