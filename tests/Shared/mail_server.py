"""A mail server that keeps each mail it takes as a file, and refuses what its arguments say.

mail_server.py FOLDER PORT [--tls CERTIFICATE KEY] [--user USER PASSWORD] [--refuse COUNT REPLY] [--reject TEXT REPLY]

Port 0 takes any free port; the port is printed when the server listens. --refuse answers the first COUNT mails with REPLY;
--reject answers receivers that contain TEXT with REPLY.
"""
import argparse
import asyncio
import os
import ssl
import sys
import uuid

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("port", type=int)
arguments.add_argument("--tls", nargs=2)
arguments.add_argument("--user", nargs=2)
arguments.add_argument("--refuse", nargs=2)
arguments.add_argument("--reject", nargs=2)
given = arguments.parse_args()
left_to_refuse = int(given.refuse[0]) if given.refuse else 0


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if given.reject and given.reject[0] in address:
            return given.reject[1]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global left_to_refuse
        if left_to_refuse > 0:
            left_to_refuse -= 1
            return given.refuse[1]
        name = os.path.join(given.folder, uuid.uuid4().hex)
        with open(name + ".part", "wb") as file:
            file.write(envelope.content)
        os.rename(name + ".part", name + ".eml")
        print(f"mail {envelope.mail_from} {','.join(envelope.rcpt_tos)} {'tls' if session.ssl else 'plain'} {session.auth_data or '-'}", flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = given.user and [data.login.decode(), data.password.decode()] == given.user
    return AuthResult(success=bool(right), handled=False, auth_data=given.user[0] if right else None)


async def main():
    context = None
    if given.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*given.tls)

    def protocol():
        return SMTP(Handler(), tls_context=context, require_starttls=context is not None, auth_require_tls=True,
                    auth_required=given.user is not None, authenticator=authenticate, hostname="mail.test")

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", given.port)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    # Ends with the test, however that ends.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()
    os._exit(0)


asyncio.run(main())
