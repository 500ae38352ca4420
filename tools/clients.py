"""Downloads a file as Python programs do: urllib with its own handlers, and an opener that drops the credential on the way to
another host, as requests does. usage: clients.py basic|sent-basic|header|authorization|address|requests|head URL KEY OUT"""

import base64
import shutil
import ssl
import sys
import urllib.parse
import urllib.request


class LikeRequests(urllib.request.HTTPRedirectHandler):
    """requests keeps Authorization on the way to the same host and port alone."""

    def redirect_request(self, request, *rest):
        following = super().redirect_request(request, *rest)
        if following and urllib.parse.urlsplit(following.full_url).netloc != urllib.parse.urlsplit(request.full_url).netloc:
            following.remove_header("Authorization")
        return following


def main(how, url, key, out):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    handlers = [urllib.request.HTTPSHandler(context=context)]
    basic = "Basic " + base64.b64encode(f"license:{key}".encode()).decode()
    headers = {
        "header": {"X-License-Key": key},
        "authorization": {"Authorization": f"License {key}"},
        "sent-basic": {"Authorization": basic},
        "requests": {"Authorization": basic, "User-Agent": "python-requests/2.32"},
        "head": {"Authorization": basic, "User-Agent": "python-requests/2.32"},
    }.get(how, {})
    if how == "basic":
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, "license", key)
        handlers.append(urllib.request.HTTPBasicAuthHandler(passwords))
    if how in ("requests", "head"):
        handlers.append(LikeRequests())
    if how == "address":
        url += "?" + urllib.parse.urlencode({"key": key})
    opener = urllib.request.build_opener(*handlers)
    if how == "head":
        with opener.open(urllib.request.Request(url, headers=headers, method="HEAD"), timeout=30) as reply:
            # What HEAD led to is what is asked for next.
            url = reply.geturl()
    with opener.open(urllib.request.Request(url, headers=headers), timeout=30) as reply, open(out, "wb") as file:
        shutil.copyfileobj(reply, file)


main(*sys.argv[1:])
