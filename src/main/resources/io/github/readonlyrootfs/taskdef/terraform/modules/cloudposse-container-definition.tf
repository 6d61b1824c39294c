# Versions 0.8 to 0.61: https://github.com/cloudposse/terraform-aws-ecs-container-definition/tree/v0.61.2
# A container's root is writable unless the caller says otherwise. Up to 0.37 the outputs are json and json_map.
locals {
  names = merge(local.common, {
    container_cpu                = "cpu"
    container_depends_on         = "dependsOn"
    container_image              = "image"
    container_memory             = "memory"
    container_memory_reservation = "memoryReservation"
    container_name               = "name"
    healthcheck                  = "healthCheck"
    restart_policy               = "restartPolicy"
    version_consistency          = "versionConsistency"
  })
  container = made_of(arguments, merge(
    { readonlyRootFilesystem = false, essential = true },
    { for argument, value in arguments : local.names[argument] => value if contains(keys(local.names), argument) },
    try({ environment = [for name, value in arguments.map_environment : { name = name, value = value }] }, {}),
    { for key in ["user"] : key => "0" if contains(keys(arguments), "firelens_configuration") },
    try(arguments.container_definition, {})
  ))
}

output "json_map_encoded_list" { value = jsonencode([local.container]) }
output "json_map_encoded" { value = jsonencode(local.container) }
output "json_map_object" { value = local.container }
output "sensitive_json_map_encoded_list" { value = jsonencode([local.container]) }
output "sensitive_json_map_encoded" { value = jsonencode(local.container) }
output "sensitive_json_map_object" { value = local.container }
output "json" { value = jsonencode([local.container]) }
output "json_map" { value = jsonencode(local.container) }
