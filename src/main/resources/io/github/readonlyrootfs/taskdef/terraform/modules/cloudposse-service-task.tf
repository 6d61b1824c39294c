# Version 0.78: https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/tree/v0.78.0
locals {
  task_names = { for key in [contains(keys(arguments), "volumes") ? "volumes" : "bind_mount_volumes"] : key => "volumes" }
}

resource "aws_ecs_task_definition" "default" {
  count = length(try(arguments.task_definition, [])) == 0 ? 1 : 0

  container_definitions    = arguments.container_definition_json
  requires_compatibilities = [try(arguments.launch_type, "FARGATE")]
  network_mode             = try(arguments.network_mode, "awsvpc")
  cpu                      = try(arguments.task_cpu, 256)
  memory                   = try(arguments.task_memory, 512)
  pid_mode                 = try(arguments.pid_mode, null)
  ipc_mode                 = try(arguments.ipc_mode, null)
  runtime_platform         = try(arguments.runtime_platform, null)
  written                  = arguments
  volume = concat(
    try(arguments.docker_volumes, []),
    try(arguments.efs_volumes, []),
    try(arguments.fsx_volumes, []),
    try(arguments.bind_mount_volumes, try(arguments.volumes, []))
  )
}

resource "aws_ecs_service" "default" {
  task_definition        = aws_ecs_task_definition.default.arn
  enable_execute_command = try(arguments.exec_enabled, false)
}
