# What modules/container-definition makes of its arguments; ecs-names-*.tf has what differs between the versions.
locals {
  given = merge({ readonlyRootFilesystem = true }, {
    for argument, value in arguments : local.names[argument] => value if contains(keys(local.names), argument)
  })
  container = made_of(arguments, merge(local.given, {
    readonlyRootFilesystem = coalesce(local.given.readonlyRootFilesystem, true)
  }))
}

output "container_definition" {
  value = local.container
}

output "container_definition_json" {
  value = jsonencode(local.container)
}
