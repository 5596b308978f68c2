#!/usr/bin/env bash
# Run once by the image of PostgreSQL, when the volume is empty: a database for each service, and a role that owns it and can open no other.
set -euo pipefail
for file in /secrets/databases/*; do
  service=$(basename "$file")
  psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --set service="$service" --set password="$(cat "$file")" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
