module "service" {
  source  = "terraform-aws-modules/ecs/aws//modules/service"
  version = "~> 6.0"

  name                     = "app"
  requires_compatibilities = ["EC2"]

  container_definitions = {
    web = {
      image                  = "nginx:1.27"
      readonlyRootFilesystem = false
    }
  }
}
