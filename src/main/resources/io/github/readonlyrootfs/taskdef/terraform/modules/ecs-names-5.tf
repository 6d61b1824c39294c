# Version 5: https://github.com/terraform-aws-modules/terraform-aws-ecs/tree/v5.12.1/modules
# A container's root is read-only and its user is root unless the caller says otherwise.
locals {
  defaults = { readonlyRootFilesystem = true, user = "0" }
  names = merge(local.common, {
    cpu                = "cpu"
    dependencies       = "dependsOn"
    health_check       = "healthCheck"
    image              = "image"
    memory             = "memory"
    memory_reservation = "memoryReservation"
    name               = "name"
  })
}
