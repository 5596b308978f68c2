# All images at once, from the root of the repository:
#
#   docker buildx bake -f deploy/docker/docker-bake.hcl
#
# VERSION=1.2.3 names another version, REGISTRY=registry.example/ another place, NUGET_CONFIG=FILE another source of packages, and
# PLATFORMS=linux/amd64,linux/arm64 the processors: more than one needs --push, and a builder that can (docker buildx create --use).

variable "VERSION" {
  default = "1.0.0"
}

variable "REVISION" {
  default = ""
}

variable "REGISTRY" {
  default = ""
}

variable "NUGET_CONFIG" {
  default = ""
}

variable "PLATFORMS" {
  default = ""
}

group "default" {
  targets = ["services"]
}

target "services" {
  name = lower(service)
  matrix = {
    service = ["Accounts", "Cart", "Inventory", "Marketplace", "Recommendations", "Reviews", "TestGateway", "Transactions"]
  }
  context    = "."
  dockerfile = "deploy/docker/Dockerfile"
  args = {
    SERVICE  = service
    VERSION  = VERSION
    REVISION = REVISION
  }
  tags      = ["${REGISTRY}booksforyou/${lower(service)}:${VERSION}"]
  secret    = NUGET_CONFIG == "" ? [] : ["id=nuget,src=${NUGET_CONFIG}"]
  platforms = PLATFORMS == "" ? [] : split(",", PLATFORMS)
}
