module "container" {
  source          = "cloudposse/ecs-container-definition/aws"
  version         = "0.61.1"
  container_name  = "web"
  container_image = "nginx:1.27"

  readonly_root_filesystem = true

  mount_points = [
    { sourceVolume = "run", containerPath = "/run" },
    { sourceVolume = "var-cache-nginx", containerPath = "/var/cache/nginx" }
  ]
}

module "task" {
  source                    = "cloudposse/ecs-alb-service-task/aws"
  version                   = "0.78.0"
  container_definition_json = module.container.json_map_encoded_list
  launch_type               = "EC2"

  bind_mount_volumes = [
    { name = "var-cache-nginx" },
    { name = "run" }
  ]
}
