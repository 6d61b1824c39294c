# What modules/service makes of its arguments; ecs-names-*.tf has what differs between the versions. A null for
# readonlyRootFilesystem is true in versions 6 and 7, and none in version 5: it is left unknown.
locals {
  task_names = { volume = "volumes", "" = "volumes.name" }
}

resource "aws_ecs_task_definition" "this" {
  count = try(arguments.create, true) && try(arguments.create_task_definition, true) ? 1 : 0

  family                   = try(arguments.family, arguments.name, null)
  requires_compatibilities = try(arguments.requires_compatibilities, ["FARGATE"])
  network_mode             = try(arguments.network_mode, "awsvpc")
  cpu                      = try(arguments.cpu, 1024)
  memory                   = try(arguments.memory, 2048)
  pid_mode                 = try(arguments.pid_mode, null)
  ipc_mode                 = try(arguments.ipc_mode, null)
  runtime_platform         = try(arguments.runtime_platform, null)
  written                  = arguments
  volume                   = [for key, value in try(arguments.volume, {}) : merge({ name = key }, value)]
  container_definitions = jsonencode([
    for container in [
      for key, given in try(arguments.container_definitions, {}) : {
        given = given
        made = merge(local.defaults, { name = key }, {
          for argument, value in merge(try(arguments.container_definition_defaults, {}), given) :
          local.names[argument] => value if contains(keys(local.names), argument)
        })
      } if try(given.create, true)
      ] : made_of(container.given, merge(
        container.made,
        { readonlyRootFilesystem = coalesce(container.made.readonlyRootFilesystem, true) }
    ))
  ])
}

resource "aws_ecs_service" "this" {
  task_definition        = aws_ecs_task_definition.this.arn
  enable_execute_command = try(arguments.enable_execute_command, false)
}
