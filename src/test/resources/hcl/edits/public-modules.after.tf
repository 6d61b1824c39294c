locals {
  name = "web"
}

module "service" {
  source  = "terraform-aws-modules/ecs/aws//modules/service"
  version = "~> 5.0"

  name = "app"
  container_definitions = {
    (local.name) = {
      image                    = "nginx:1.27"
      readonly_root_filesystem = true
      linux_parameters = {
        tmpfs = [
          { containerPath = "/run", size = 64 },
          { containerPath = "/var/cache/nginx", size = 64 }
        ]
      }
    }
  }
}

module "container" {
  source  = "cloudposse/ecs-container-definition/aws"
  version = "0.61.2"

  container_name  = "sidecar"
  container_image = "nginx:1.27"
  port_mappings = [
    { containerPort = 80 }
  ]

  readonly_root_filesystem = true

  linux_parameters = {
    tmpfs = [
      { containerPath = "/run", size = 64 },
      { containerPath = "/var/cache/nginx", size = 64 }
    ]
  }
}

resource "aws_ecs_task_definition" "sidecar" {
  family                   = "sidecar"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = module.container.json_map_encoded_list
}
