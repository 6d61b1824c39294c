resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]

  container_definitions = jsonencode([
    {
      name  = "web"
      image = "memcached:1.6"
      portMappings = [
        { containerPort = 80 }
      ]

      mountPoints = [{ sourceVolume = "data", containerPath = "/run" }]
    },
    {
      name  = "sidecar"
      image = "nginx:1.27"
      portMappings = [
        { containerPort = 80 }
      ]
      mountPoints = [{ sourceVolume = "data", containerPath = "/run" }]
      essential   = false
    }
  ])

  volume {
    name = "data"
  }

}
