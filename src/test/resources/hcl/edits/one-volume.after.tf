resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]

  container_definitions = jsonencode([
    {
      name                   = "own-data-11211"
      image                  = "public.ecr.aws/docker/library/busybox:stable"
      essential              = false
      user                   = "0"
      readonlyRootFilesystem = true
      command                = ["sh", "-c", "chown 11211 /volume && touch /volume/.owned"]
      mountPoints = [
        { sourceVolume = "data", containerPath = "/volume" }
      ]
      memory = 64
    },
    {
      name  = "web"
      image = "memcached:1.6"
      dependsOn = [
        { containerName = "own-data-11211", condition = "SUCCESS" }
      ]
      portMappings = [
        { containerPort = 80 }
      ]
      readonlyRootFilesystem = true

      mountPoints = [{ sourceVolume = "data", containerPath = "/run" }]
    },
    {
      name  = "sidecar"
      image = "nginx:1.27"
      portMappings = [
        { containerPort = 80 }
      ]
      mountPoints = [{ sourceVolume = "sidecar-var-cache-nginx", containerPath = "/var/cache/nginx" }, { sourceVolume = "data", containerPath = "/run" }]
      essential   = false

      readonlyRootFilesystem = true
    }
  ])

  volume {
    name = "sidecar-var-cache-nginx"
  }
  volume {
    name = "data"
  }

}
