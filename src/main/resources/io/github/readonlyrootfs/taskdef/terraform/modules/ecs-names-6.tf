# Versions 6 and 7: https://github.com/terraform-aws-modules/terraform-aws-ecs/tree/v7.5.0/modules
# A container's root is read-only unless the caller says otherwise.
locals {
  defaults = { readonlyRootFilesystem = true }
  names = merge({ for key in values(local.common) : key => key if key != "entryPoint" }, {
    cpu                = "cpu"
    dependsOn          = "dependsOn"
    entrypoint         = "entryPoint"
    healthCheck        = "healthCheck"
    image              = "image"
    memory             = "memory"
    memoryReservation  = "memoryReservation"
    name               = "name"
    restartPolicy      = "restartPolicy"
    versionConsistency = "versionConsistency"
  })
}
