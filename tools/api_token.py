"""Logs in to a demo city as one of its people and prints an API token: api_token.py URL LOGIN."""

import http.cookiejar
import json
import sys
import urllib.request
import uuid


def main(base: str, login: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def post(path: str, body: dict, csrf: str = "") -> dict:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if csrf:
            headers["X-CSRF-Token"] = csrf
        request = urllib.request.Request(f"{base}/api/v1{path}", json.dumps(body).encode(), headers)
        with opener.open(request) as response:
            return json.load(response)

    me = post("/session/demo", {"login": login})
    token = post("/tokens", {"label": "schemathesis", "scopes": ["read", "write"], "days": 1}, me["csrf"])
    print(token["token"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
