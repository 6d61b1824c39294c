module "service" {
  source                   = "terraform-aws-modules/ecs/aws//modules/service"
  version                  = "~> 5.0"
  requires_compatibilities = ["EC2"]

  volume = {
    configuration = { host_path = "/etc/web" }
  }

  container_definitions = {
    web = {
      image = "nginx:1.27"
      mount_points = [
        { sourceVolume = "configuration", containerPath = "/etc/nginx/conf.d", readOnly = true }
      ]
      readonly_root_filesystem = false
    }
  }
}
