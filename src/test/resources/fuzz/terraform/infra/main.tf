terraform {
  required_version = ">= 1.5"
}

variable "user" {
  type    = string
  default = "1000"
}

variable "sidecar" {
  type = object({
    name      = string
    read_only = optional(bool, true)
    paths     = optional(list(string), ["/tmp"])
  })
}

variable "secrets" {
  type      = map(string)
  default   = {}
  sensitive = true
}

locals {
  name     = "shop-${terraform.workspace}"
  image    = "${aws_ecr_repository.shop.repository_url}:${var.tag}"
  optional = var.sidecar.read_only ? [local.sidecar] : []
  sidecar = {
    name                   = lower(var.sidecar.name)
    image                  = "public.ecr.aws/docker/library/busybox:1.36"
    essential              = false
    readonlyRootFilesystem = var.sidecar.read_only
    command                = ["sh", "-c", "exec sleep $${SECONDS}"]
    linuxParameters = {
      tmpfs = [for index, path in var.sidecar.paths : { containerPath = path, size = 16 * (index + 1) } if path != ""]
    }
  }
  environment = <<-EOT
    %{for key, value in var.secrets~}
    ${key}=${value}
    %{endfor~}
  EOT
}

variable "tag" {}

resource "aws_ecr_repository" "shop" {
  name = "shop"
}

resource "aws_ecs_task_definition" "shop" {
  count                    = 1
  family                   = local.name
  requires_compatibilities = ["EC2"]
  container_definitions = jsonencode(concat([
    merge({
      name             = "app"
      image            = local.image
      user             = try(tostring(var.user), "root")
      environmentFiles = length(local.environment) > 0 ? [] : null
      }, {
      readonlyRootFilesystem = !contains(["dev"], terraform.workspace) && true
      mountPoints            = [for name in ["tmp", "data"] : { sourceVolume = name, containerPath = "/${name}" }]
      logConfiguration = {
        logDriver = "awslogs"
        options   = { for key, value in { group = "/shop" } : "awslogs-${key}" => value }
      }
    }),
  ], local.optional, jsondecode(templatefile("${path.module}/task.json.tftpl", { name = "worker", paths = ["/tmp"] }))))

  dynamic "volume" {
    for_each = toset(["tmp", "data"])
    iterator = each_volume
    content {
      name      = each_volume.value
      host_path = each_volume.value == "data" ? "/srv/data" : null
    }
  }
}

module "service" {
  for_each = { web = 80, admin = 8080 }
  source   = "./modules/service"
  name     = each.key
  port     = each.value
  tags     = merge({ a = 1 }, { b = "x" }...)
}
