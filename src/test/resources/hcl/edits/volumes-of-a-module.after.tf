module "service" {
  source  = "terraform-aws-modules/ecs/aws//modules/service"
  version = "~> 6.0"

  name                     = "app"
  requires_compatibilities = ["EC2"]

  container_definitions = {
    web = {
      image                  = "nginx:1.27"
      readonlyRootFilesystem = true
      mountPoints = [
        { sourceVolume = "run", containerPath = "/run" },
        { sourceVolume = "var-cache-nginx", containerPath = "/var/cache/nginx" }
      ]
    }
  }

  volume = { var-cache-nginx = {}, run = {} }
}
