# What the module makes of its `services`; ecs-names-*.tf has what differs between the versions.
locals {
  task_names = { volume = "volumes", "" = "volumes.name" }
}

resource "aws_ecs_task_definition" "this" {
  for_each = try(arguments.services, {})

  family                   = try(each.value.family, each.value.name, each.key)
  requires_compatibilities = try(each.value.requires_compatibilities, ["FARGATE"])
  network_mode             = try(each.value.network_mode, "awsvpc")
  cpu                      = try(each.value.cpu, 1024)
  memory                   = try(each.value.memory, 2048)
  pid_mode                 = try(each.value.pid_mode, null)
  ipc_mode                 = try(each.value.ipc_mode, null)
  runtime_platform         = try(each.value.runtime_platform, null)
  written                  = each.value
  volume                   = [for key, value in try(each.value.volume, {}) : merge({ name = key }, value)]
  container_definitions = jsonencode([
    for container in [
      for key, given in try(each.value.container_definitions, {}) : {
        given = given
        made = merge(local.defaults, { name = key }, {
          for argument, value in merge(try(each.value.container_definition_defaults, {}), given) :
          local.names[argument] => value if contains(keys(local.names), argument)
        })
      } if try(given.create, true)
      ] : made_of(container.given, merge(
        container.made,
        { readonlyRootFilesystem = coalesce(container.made.readonlyRootFilesystem, true) }
    ))
  ])
}
