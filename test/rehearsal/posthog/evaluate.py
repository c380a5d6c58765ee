"""Evaluates every flag for every user of standard input with the official client, remotely and by itself."""

import json
import sys

from posthog import Posthog

given = json.load(sys.stdin)
remote = Posthog(given["token"], host=given["host"], enable_local_evaluation=False, send=False)
local = Posthog(given["token"], host=given["host"], secret_key=given["secret"], poll_interval=600, send=False)
local.load_feature_flags()


def evaluate(client, user, **options):
    return client.get_all_flags(
        user["distinctId"],
        groups={"company": user["company"]},
        person_properties=user["properties"],
        group_properties={"company": user["companyProperties"]},
        device_id=user["properties"]["$device_id"],
        **options,
    )


json.dump(
    {
        "remote": [evaluate(remote, user) for user in given["users"]],
        "local": [evaluate(local, user, only_evaluate_locally=True) for user in given["users"]],
    },
    sys.stdout,
)
remote.shutdown()
local.shutdown()
