variable "name" {
  type = string
}

variable "port" {
  type     = number
  nullable = false
}

variable "tags" {
  type = map(string)
}

resource "aws_ecs_task_definition" "this" {
  family = var.name
  container_definitions = jsonencode([{
    name         = var.name
    image        = "nginx:1.27"
    portMappings = [{ containerPort = var.port, hostPort = max(var.port, 1024) % 9000 }]
    dockerLabels = var.tags
  }])
  volume { name = "unused" }
}

output "arn" {
  value = aws_ecs_task_definition.this.arn
}
