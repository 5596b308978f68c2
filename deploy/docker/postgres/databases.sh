# A role and a database for each service that has a password in /secrets, which only that role can open. Runs when the server is new; and
# `docker compose exec postgres bash /docker-entrypoint-initdb.d/databases.sh` adds what has come since, and takes changed passwords.
for file in /secrets/*.password; do
  psql --quiet --no-psqlrc --host "${PGHOST:-/var/run/postgresql}" --username postgres --dbname postgres --set ON_ERROR_STOP=1 \
    --set name="$(basename "$file" .password)" --set file="$file" <<'SQL'
\set password `cat :'file'`
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING UTF8 LOCALE %L', :'name', :'name', 'C.UTF-8')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SQL
done
